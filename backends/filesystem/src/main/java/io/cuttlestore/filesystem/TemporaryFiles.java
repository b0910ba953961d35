package io.cuttlestore.filesystem;

import io.cuttlestore.spi.Deadline;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Entries that are written and not yet published, each in a file {@code .SLOT-NUMBER} of the shard in which it will be.
 * A file {@code SLOT} among the markers tells that there may be some of this slot. Thread-safe.
 */
final class TemporaryFiles implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("\\.(" + Slot.PATTERN + ")-[0-9a-f]+");
    private static final Set<OpenOption> CREATE = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final StoreFolder folder;
    private final Slot slot;
    private final boolean synced;
    private final AtomicLong written = new AtomicLong();
    private volatile boolean marked;

    /** Where the last cleaning stopped, and for whom it was begun; used by one sweep at a time, as its caller sees to. */
    private int nextShard;

    private List<String> ended = List.of();

    /** @param synced whether an entry must be on the disk before it is published */
    TemporaryFiles(StoreFolder folder, Slot slot, boolean synced) {
        this.folder = folder;
        this.slot = slot;
        this.synced = synced;
    }

    /** Whether a file in a shard is, or was left as, a temporary one; no entry has such a name. */
    static boolean isName(String name) {
        return name.charAt(0) == '.' && NAME.matcher(name).matches();
    }

    /** An entry that is written and goes away unless it is published. */
    static final class Draft implements AutoCloseable {
        private final Path file;
        private boolean published;

        private Draft(Path file) {
            this.file = file;
        }

        /** Puts the entry in place of whatever the target was, in one step; only a folder with contents stays. */
        void publish(Path target) throws IOException {
            try {
                Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                    throw e;
                }
                Files.delete(target);
                Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            }
            published = true;
        }

        @Override
        public void close() throws IOException {
            if (!published) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Writes an entry into its shard, which is made if there is none. */
    Draft write(EntryFile entry, int shard) throws IOException {
        mark();
        if (!folder.hasShard(shard)) {
            folder.makeShard(shard);
        }
        try {
            return write(entry, folder.shard(shard));
        } catch (NoSuchFileException shardRemoved) {
            folder.makeShard(shard);
            return write(entry, folder.shard(shard));
        }
    }

    private Draft write(EntryFile entry, Path shard) throws IOException {
        return Uninterrupted.run(() -> {
            Path file = shard.resolve("." + slot.name() + "-" + Long.toHexString(written.incrementAndGet()));
            try (FileChannel channel = FileChannel.open(file, CREATE, Permissions.ofFiles(shard))) {
                entry.writeTo(channel);
                if (synced) {
                    channel.force(true);
                }
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(file);
                throw e;
            }
            return new Draft(file);
        });
    }

    private void mark() throws IOException {
        if (!marked) {
            try {
                Files.createFile(marker(slot.name()), Permissions.ofFiles(folder.markers()));
            } catch (FileAlreadyExistsException another) {
                // Another thread was first.
            }
            if (synced) {
                Folders.force(folder.markers());
            }
            marked = true;
        }
    }

    private Path marker(String slot) {
        return folder.markers().resolve(slot);
    }

    /** Deletes what ended processes have left. Stops at the deadline; the next cleaning goes on there. */
    void clean(Deadline deadline) throws IOException {
        if (nextShard == 0) {
            ended = endedSlots();
        }
        while (!ended.isEmpty() && !deadline.hasPassed()) {
            clean(nextShard);
            nextShard++;
            if (nextShard == FolderLock.SHARDS) {
                nextShard = 0;
                for (String owner : ended) {
                    deleteIfAbandoned(marker(owner), owner);
                }
                ended = List.of();
            }
        }
    }

    private List<String> endedSlots() throws IOException {
        List<String> found = new ArrayList<>();
        for (String name : Folders.names(folder.markers())) {
            if (name.matches(Slot.PATTERN) && !name.equals(slot.name()) && hasEnded(name)) {
                found.add(name);
            }
        }
        return found;
    }

    private boolean hasEnded(String owner) throws IOException {
        try (FileLock inherited = slot.tryInherit(owner)) {
            return inherited != null;
        }
    }

    private void clean(int shard) throws IOException {
        if (!Files.isDirectory(folder.shard(shard), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (String file : Folders.names(folder.shard(shard))) {
            Matcher name = NAME.matcher(file);
            if (name.matches() && !name.group(1).equals(slot.name())) {
                deleteIfAbandoned(folder.shard(shard).resolve(file), name.group(1));
            }
        }
    }

    private void deleteIfAbandoned(Path file, String owner) throws IOException {
        try (FileLock inherited = slot.tryInherit(owner)) {
            if (inherited != null) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Tells that nothing was left, after all writes. */
    @Override
    public void close() throws IOException {
        if (marked) {
            Files.deleteIfExists(marker(slot.name()));
        }
    }
}
