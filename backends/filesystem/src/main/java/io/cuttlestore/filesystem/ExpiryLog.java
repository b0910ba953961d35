package io.cuttlestore.filesystem;

import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.spi.Deadline;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which entries expire when, so that a sweep need not look at all of them. Each deadline that is set adds a line
 * {@code DEADLINE NAME} to a log that becomes due at a time in the log's own name, {@code TIME-SLOT}: the beginning of
 * the deadline's minute if it is near, of its hour or its day if it is far. A sweep goes through the logs that are due,
 * its own and those of ended processes; lines whose deadline is yet to come are logged again, now nearer.
 *
 * <p>A line is a hint: it counts only if the entry still has that very deadline. So lines may be lost in a power cut,
 * which leaves an expired entry on disk, or be read twice. Thread-safe.
 */
final class ExpiryLog implements AutoCloseable {
    private static final HexFormat HEX = HexFormat.of();
    private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);
    private static final long HOUR = TimeUnit.HOURS.toMillis(1);
    private static final long DAY = TimeUnit.DAYS.toMillis(1);
    private static final String TAKEN = ".due";
    private static final Pattern LOG = Pattern.compile("([0-9a-f]{16})-(" + Slot.PATTERN + ")(\\" + TAKEN + ")?");
    private static final Pattern LINE = Pattern.compile("([0-9a-f]{16}) ([a-z0-9._%~-]+)");

    private final Path folder;
    private final Slot slot;
    private long currentTime;
    private @Nullable FileOutputStream current;

    /** Where the last sweep stopped; used by one sweep at a time, as its caller sees to. */
    private @Nullable Path unfinished;

    private long position;

    ExpiryLog(Path folder, Slot slot) {
        this.folder = folder;
        this.slot = slot;
    }

    /** Removes the entry of this name if it still has this deadline, and tells whether it did. */
    @FunctionalInterface
    interface Remover {
        boolean removeExpired(String name, long deadline);
    }

    private record Log(Path file, long time, String owner, boolean taken) {}

    /** Notes a deadline, before the entry is published. */
    void add(long deadline, String name, long now) throws IOException {
        long distance = deadline - now;
        long width = distance < 2 * HOUR ? MINUTE : distance < 2 * DAY ? HOUR : DAY;
        append(Math.floorDiv(deadline, width) * width, deadline, name);
    }

    private synchronized void append(long time, long deadline, String name) throws IOException {
        FileOutputStream log = current;
        if (log == null || time != currentTime) {
            close();
            log = open(time);
            current = log;
            currentTime = time;
        }
        try {
            log.write((HEX.toHexDigits(deadline) + " " + name + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    /** Begins with a line break, in case the log ends in half a line. */
    private FileOutputStream open(long time) throws IOException {
        Path file = folder.resolve(HEX.toHexDigits(time) + "-" + slot.name());
        try {
            Files.createFile(file, Permissions.ofFiles(file));
        } catch (FileAlreadyExistsException goesOn) {
            if (!isRegular(file)) {
                throw new StoreFailedException(
                        file + " is not a regular file, so no deadline can be noted there; remove it", goesOn);
            }
        }
        FileOutputStream log = new FileOutputStream(file.toFile(), true);
        try {
            log.write('\n');
            return log;
        } catch (IOException e) {
            log.close();
            throw e;
        }
    }

    /** A link may lead anywhere, and opening a FIFO may take for ever. */
    private static boolean isRegular(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Removes up to {@code max} expired entries and stops at the deadline; the next sweep goes on there.
     *
     * @return how many were removed
     */
    int sweep(int max, long now, Deadline deadline, Remover remover) throws IOException {
        int removed = 0;
        for (Log log : due(now)) {
            try (FileLock inherited = log.owner.equals(slot.name()) ? null : slot.tryInherit(log.owner)) {
                if (inherited != null || log.owner.equals(slot.name())) {
                    removed += sweep(take(log), max - removed, now, deadline, remover);
                }
            }
            if (removed == max || deadline.hasPassed()) {
                break;
            }
        }
        return removed;
    }

    /** Logs that a sweep has begun come first, since a log can be taken only once they are done. */
    private List<Log> due(long now) throws IOException {
        List<Log> logs = new ArrayList<>();
        for (String file : Folders.names(folder)) {
            Matcher name = LOG.matcher(file);
            if (name.matches()) {
                long time = HexFormat.fromHexDigitsToLong(name.group(1));
                Path log = folder.resolve(file);
                if (time <= now && isRegular(log)) {
                    logs.add(new Log(log, time, name.group(2), name.group(3) != null));
                }
            }
        }
        logs.sort(Comparator.comparing((Log log) -> !log.taken).thenComparingLong(Log::time));
        return logs;
    }

    /** Takes a log out of the way of those who add to it, and returns where it is now. */
    private synchronized Path take(Log log) throws IOException {
        if (log.taken) {
            return log.file;
        }
        if (log.owner.equals(slot.name()) && log.time == currentTime) {
            close();
        }
        Path taken = log.file.resolveSibling(log.file.getFileName() + TAKEN);
        return Files.move(log.file, taken, StandardCopyOption.ATOMIC_MOVE);
    }

    private int sweep(Path log, int max, long now, Deadline deadline, Remover remover) throws IOException {
        if (!log.equals(unfinished)) {
            unfinished = log;
            position = 0;
        }
        int removed = 0;
        try (InputStream bytes = new FileInputStream(log.toFile())) {
            bytes.skipNBytes(position);
            BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.ISO_8859_1));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (removed == max || deadline.hasPassed()) {
                    return removed;
                }
                removed += sweepLine(line, now, remover) ? 1 : 0;
                position += line.length() + 1;
            }
        }
        Files.delete(log);
        unfinished = null;
        return removed;
    }

    private boolean sweepLine(String line, long now, Remover remover) throws IOException {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches() || !FileNames.isName(matcher.group(2))) {
            return false;
        }
        long deadline = HexFormat.fromHexDigitsToLong(matcher.group(1));
        String name = matcher.group(2);
        if (deadline > now) {
            add(deadline, name, now);
            return false;
        }
        try {
            return remover.removeExpired(name, deadline);
        } catch (StoreTimeoutException | StoreInterruptedException e) {
            throw e;
        } catch (CuttlestoreException e) {
            System.getLogger(ExpiryLog.class.getName())
                    .log(System.Logger.Level.WARNING, "the expired entry " + name + " stays for another hour", e);
            append(Math.floorDiv(now, HOUR) * HOUR + HOUR, deadline, name);
            return false;
        }
    }

    /** Closes the log that was last added to. */
    @Override
    public synchronized void close() throws IOException {
        FileOutputStream log = current;
        if (log != null) {
            current = null;
            log.close();
        }
    }
}
