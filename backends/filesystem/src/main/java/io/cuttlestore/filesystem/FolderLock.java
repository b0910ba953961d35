package io.cuttlestore.filesystem;

import io.cuttlestore.IncompatibleStoreException;
import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.spi.Deadline;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The locks of a folder, between threads and between processes: ranges of one byte in a file that stays empty. Byte
 * 0 to 255 is the shard of that number, byte 256 the making of the store, byte 2^32+n the slot n.
 *
 * <p>The system gives all locks of a process on a file back when the process closes any handle of that file. So each
 * folder's lock file is opened once in a JVM, whatever path leads there, and shared by all who use the folder.
 */
final class FolderLock implements AutoCloseable {
    static final int SHARDS = 256;
    static final int MAKING = SHARDS;

    private static final long SLOTS = 1L << 32;
    private static final long SHORTEST_PAUSE = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
    static final String CLAIM = "io.cuttlestore.filesystem.claim.";
    private static final Map<Object, FolderLock> OPEN = new HashMap<>();

    private final Object identity;
    private final Path file;
    private final FileChannel channel;
    private final ReentrantLock[] stripes = new ReentrantLock[SHARDS + 1];
    private int users;

    private FolderLock(Object identity, Path file, FileChannel channel) {
        this.identity = identity;
        this.file = file;
        this.channel = channel;
        for (int i = 0; i < stripes.length; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    /** The locks in this file, which is made if there is none. Each call needs a {@link #close()}. */
    static FolderLock share(Path file) throws IOException {
        synchronized (OPEN) {
            Object identity = identity(file);
            FolderLock lock = OPEN.get(identity);
            if (lock == null) {
                lock = open(identity, file);
                OPEN.put(identity, lock);
            }
            lock.users++;
            return lock;
        }
    }

    /** What tells the file from all others, found without opening it. */
    private static Object identity(Path file) throws IOException {
        try {
            Files.createFile(file, Permissions.ofFiles(file));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new IncompatibleStoreException(
                        file + " is not a regular file, so it can't hold the locks of the store; remove it");
            }
        }
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        return key == null ? file.toRealPath() : key;
    }

    /** A class that is loaded twice has two registries, which the system's properties join. */
    private static FolderLock open(Object identity, Path file) throws IOException {
        if (System.getProperties().putIfAbsent(CLAIM + identity, "in use") != null) {
            throw new IncompatibleStoreException(file.getParent()
                    + " is in use by another class loader of this JVM, with which it can't be shared safely;"
                    + " load cuttlestore-filesystem once, in a common parent");
        }
        try {
            Set<OpenOption> options =
                    Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            return new FolderLock(identity, file, FileChannel.open(file, options));
        } catch (IOException | RuntimeException e) {
            System.clearProperty(CLAIM + identity);
            throw e;
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (OPEN) {
            users--;
            if (users == 0) {
                OPEN.remove(identity);
                System.clearProperty(CLAIM + identity);
                channel.close();
            }
        }
    }

    /** A lock that is held. */
    final class Held implements AutoCloseable {
        private final ReentrantLock stripe;
        private final FileLock range;

        private Held(ReentrantLock stripe, FileLock range) {
            this.stripe = stripe;
            this.range = range;
        }

        @Override
        public void close() {
            try {
                range.release();
            } catch (IOException e) {
                throw new OutcomeUnknownException(
                        "the lock of a part of " + file.getParent()
                                + " could not be given back, so others may have written at the same time",
                        e);
            } finally {
                stripe.unlock();
            }
        }
    }

    /**
     * Waits for the lock of a shard, or of the {@link #MAKING}.
     *
     * @throws StoreTimeoutException if it is not to be had in time
     * @throws StoreInterruptedException if the thread is interrupted while it waits
     * @throws IllegalStateException if the gate is closed while it waits
     */
    Held hold(int number, Deadline deadline, Gate gate) throws IOException {
        ReentrantLock stripe = stripes[number];
        if (!stripe.tryLock()) {
            awaitStripe(stripe, deadline, gate);
        }
        FileLock range = null;
        try {
            range = tryRange(number);
            if (range == null) {
                range = awaitRange(number, deadline, gate);
            }
            return new Held(stripe, range);
        } finally {
            if (range == null) {
                stripe.unlock();
            }
        }
    }

    private void awaitStripe(ReentrantLock stripe, Deadline deadline, Gate gate) {
        try {
            do {
                checkPatience(deadline, gate);
            } while (!stripe.tryLock(
                    Math.min(deadline.remainingNanos(), TimeUnit.MILLISECONDS.toNanos(100)), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    /** Waits by asking again and again: the system's own waiting would close the file on an interrupt. */
    private FileLock awaitRange(int number, Deadline deadline, Gate gate) throws IOException {
        long pause = SHORTEST_PAUSE;
        while (true) {
            checkPatience(deadline, gate);
            LockSupport.parkNanos(this, Math.min(pause, deadline.remainingNanos()));
            if (Thread.interrupted()) {
                throw interrupted();
            }
            FileLock range = tryRange(number);
            if (range != null) {
                return range;
            }
            pause = Math.min(2 * pause, LONGEST_PAUSE);
        }
    }

    private void checkPatience(Deadline deadline, Gate gate) {
        if (!gate.isOpen()) {
            throw gate.closed();
        }
        if (deadline.hasPassed()) {
            throw new StoreTimeoutException("the lock of a part of " + file.getParent() + " was not free within "
                    + deadline.timeout() + ", so nothing was done; try again");
        }
    }

    private StoreInterruptedException interrupted() {
        Thread.currentThread().interrupt();
        return new StoreInterruptedException(
                "interrupted while waiting for the lock of a part of " + file.getParent() + "; nothing was done");
    }

    /** Takes a slot, if nobody in this or another process has it. */
    @Nullable
    FileLock trySlot(int slot) throws IOException {
        return tryRange(SLOTS + slot);
    }

    private @Nullable FileLock tryRange(long position) throws IOException {
        try {
            return channel.tryLock(position, 1, false);
        } catch (OverlappingFileLockException heldInThisProcess) {
            return null;
        }
    }
}
