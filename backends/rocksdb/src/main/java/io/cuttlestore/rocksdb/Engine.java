package io.cuttlestore.rocksdb;

import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.spi.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** An open database: any number of threads read, one writes. Thread-safe. */
final class Engine {
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(2_800);

    private final String location;
    private final Database database;
    private final Gate gate;
    private final ReentrantLock writing = new ReentrantLock();

    private Engine(String location, Database database) {
        this.location = location;
        this.database = database;
        this.gate = new Gate(location, database::close);
    }

    /** Something that only reads. */
    @FunctionalInterface
    interface Work<R extends @Nullable Object> {
        R on(Database database) throws RocksDBException;
    }

    /** Something that changes records. */
    @FunctionalInterface
    interface Changes<R extends @Nullable Object> {
        R on(Batch batch);
    }

    /**
     * Opens a database.
     *
     * @param memory in MiB
     */
    static Engine open(DatabaseFolder folder, int memory) {
        String location = folder.location();
        try {
            return new Engine(location, folder.open(memory));
        } catch (RocksDBException e) {
            throw RocksDbFailures.opening(location, e);
        }
    }

    String location() {
        return location;
    }

    String storeId() {
        return database.storeId();
    }

    <R extends @Nullable Object> R read(Work<R> work) {
        gate.enter();
        try {
            return work.on(database);
        } catch (RocksDBException e) {
            throw RocksDbFailures.reading(location, e);
        } finally {
            gate.leave();
        }
    }

    /**
     * Collects changes, decided by what is there, and makes them as one.
     *
     * @param sync whether to wait for the disk
     */
    <R extends @Nullable Object> R write(Deadline deadline, boolean sync, InstantSource clock, Changes<R> changes) {
        gate.enter();
        try {
            lock(deadline);
            try {
                gate.requireOpen();
                return writeLocked(sync, clock.millis(), changes);
            } finally {
                writing.unlock();
            }
        } finally {
            gate.leave();
        }
    }

    private <R extends @Nullable Object> R writeLocked(boolean sync, long now, Changes<R> changes) {
        try (Batch batch = new Batch(database, location, now)) {
            R result = changes.on(batch);
            batch.write(sync);
            return result;
        }
    }

    private void lock(Deadline deadline) {
        if (!writing.tryLock()) {
            awaitLock(deadline);
        }
    }

    private void awaitLock(Deadline deadline) {
        try {
            if (!writing.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoreTimeoutException("other threads kept writing to " + location + " for the whole "
                        + deadline.timeout().toMillis() + " ms; nothing was written; try again, or allow more time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreInterruptedException(
                    "interrupted while waiting to write to " + location + "; nothing was written", e);
        }
    }

    /** Waits for what is under way, but not long; what takes longer closes the database when it ends. */
    void close() {
        gate.close(CLOSE_TIMEOUT);
    }
}
