package io.cuttlestore.filesystem;

import io.cuttlestore.CorruptEntryException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.spi.ScanEntry;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One page of a scan: shard by shard, in each by name. A shard is listed under its lock, since a listing during renames
 * may miss files or repeat them; entries are read without it. A cursor is a shard in two hexadecimal digits, and after a
 * {@code /} the last name that was visited there.
 */
@SuppressWarnings("try") // Locks are held, not looked at.
final class FolderScan {
    private static final System.Logger LOGGER = System.getLogger(FolderScan.class.getName());
    private static final Pattern CURSOR = Pattern.compile("([0-9a-f]{2})(?:/(.+))?", Pattern.DOTALL);
    private static final long MOST_BYTES = 16 << 20;

    private final OpenFolder open;
    private final ScanRequest request;
    private int shard;
    private String last = "";
    private int visited;
    private int skipped;
    private @Nullable String firstSkipped;

    FolderScan(OpenFolder open, ScanRequest request) {
        this.open = open;
        this.request = request;
        if (request.cursor() != null) {
            Matcher cursor = CURSOR.matcher(request.cursor());
            if (!cursor.matches()) {
                throw new IllegalArgumentException("not a cursor of " + open.location());
            }
            shard = HexFormat.fromHexDigits(cursor.group(1));
            last = cursor.group(2) == null ? "" : cursor.group(2);
        }
    }

    /** The entries of the page, and where the next begins. */
    ScanPage page() throws IOException {
        List<ScanEntry> entries = new ArrayList<>();
        boolean ended = read(entries);
        logSkipped();
        return new ScanPage(entries, ended ? null : cursor());
    }

    /** Returns whether the scan has come to its end. */
    private boolean read(List<ScanEntry> entries) throws IOException {
        long now = open.now();
        long bytes = 0;
        for (; shard < FolderLock.SHARDS; nextShard()) {
            for (String name : names()) {
                if (entries.size() >= request.pageSize() || bytes >= MOST_BYTES || isOverdue()) {
                    return false;
                }
                EntryFile entry = visit(name, request.keysOnly());
                if (entry != null && !entry.isExpired(now)) {
                    entries.add(new ScanEntry(entry.key(), entry));
                    bytes += entry.size();
                }
            }
        }
        return true;
    }

    /** Deletes the entries of the page, expired ones too; the page returned has none, but says where the next begins. */
    ScanPage clear() throws IOException {
        boolean ended = delete();
        logSkipped();
        return new ScanPage(List.of(), ended ? null : cursor());
    }

    private boolean delete() throws IOException {
        for (; shard < FolderLock.SHARDS; nextShard()) {
            if (open.folder().hasShard(shard) && !deleteInShard()) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether it has come to the end of the shard. */
    private boolean deleteInShard() throws IOException {
        Path folder = open.folder().shard(shard);
        BitSet changed = new BitSet();
        changed.set(shard);
        try (FolderLock.Held held = open.hold(shard, request.deadline())) {
            for (String name : list(folder)) {
                if (visited >= request.pageSize() || isOverdue()) {
                    return false;
                }
                if (visit(name, false) != null) {
                    Files.deleteIfExists(folder.resolve(name));
                }
            }
            return true;
        } finally {
            open.syncShards(changed);
        }
    }

    private List<String> names() throws IOException {
        if (!open.folder().hasShard(shard)) {
            return List.of();
        }
        try (FolderLock.Held held = open.hold(shard, request.deadline())) {
            return list(open.folder().shard(shard));
        }
    }

    /** What is still to be visited in a shard, in order. */
    private List<String> list(Path folder) throws IOException {
        return Folders.names(folder).stream().filter(this::isWanted).sorted().toList();
    }

    private boolean isWanted(String name) {
        if (name.compareTo(last) <= 0 || TemporaryFiles.isName(name)) {
            return false;
        }
        if (request.prefix().isEmpty() || FileNames.isHashed(name)) {
            return true;
        }
        String key = FileNames.keyOf(name);
        return key != null && key.startsWith(request.prefix());
    }

    /** The entry of this name; {@code null} if it is gone, has another prefix, or is none. */
    private @Nullable EntryFile visit(String name, boolean headOnly) throws IOException {
        visited++;
        last = name;
        Path file = open.folder().shard(shard).resolve(name);
        try {
            EntryFile entry = headOnly ? EntryFile.readHead(file) : EntryFile.read(file);
            if (entry == null) {
                return null;
            }
            String key = entry.key();
            if (FileNames.of(key).equals(name) && FileNames.shardOf(name) == shard) {
                return key.startsWith(request.prefix()) ? entry : null;
            }
            skip(file + " does not have the name of its key");
        } catch (CorruptEntryException e) {
            skip(String.valueOf(e.getMessage()));
        }
        return null;
    }

    private void skip(String reason) {
        skipped++;
        if (skipped == 1) {
            firstSkipped = reason;
        }
    }

    private void logSkipped() {
        if (skipped > 0) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "a scan of {0} skipped {1} files and left them in place; the first: {2}",
                    open.location(),
                    skipped,
                    firstSkipped);
        }
    }

    private void nextShard() {
        shard++;
        last = "";
    }

    /** Whether time is up; a page has at least one step, or says that it had no time. */
    private boolean isOverdue() {
        if (!request.deadline().hasPassed()) {
            return false;
        }
        if (visited == 0) {
            throw new StoreTimeoutException("a scan of " + open.location() + " did not come to its first entry within "
                    + request.deadline().timeout() + "; try again");
        }
        return true;
    }

    private String cursor() {
        String digits = HexFormat.of().toHexDigits((byte) shard);
        return last.isEmpty() ? digits : digits + "/" + last;
    }
}
