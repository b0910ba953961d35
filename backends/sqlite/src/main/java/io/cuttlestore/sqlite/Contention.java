package io.cuttlestore.sqlite;

import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.spi.Deadline;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for other processes. SQLite's own waiting sleeps for up to 100 ms at a time, hears no interrupt and knows no
 * deadline; this one tries again after 50 us to 2 ms.
 */
final class Contention {
    private static final long FIRST_PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(50);
    private static final long LAST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final String location;
    private final BooleanSupplier closed;

    /** Waiting for the database at a location, until it is closed. */
    Contention(String location, BooleanSupplier closed) {
        this.location = location;
        this.closed = closed;
    }

    /** Something that SQLite refuses with {@code SQLITE_BUSY}, having done nothing, while others are in its way. */
    @FunctionalInterface
    interface Attempt<R extends @Nullable Object> {
        R make() throws SQLException;
    }

    /** Makes the attempt until nobody is in its way. */
    <R extends @Nullable Object> R overcome(Deadline deadline, Attempt<R> attempt) throws SQLException {
        long pause = FIRST_PAUSE_NANOS;
        while (true) {
            try {
                return attempt.make();
            } catch (SQLException e) {
                if (!isBusy(e)) {
                    throw e;
                }
                pause(pause, deadline, e);
                pause = Math.min(2 * pause, LAST_PAUSE_NANOS);
            }
        }
    }

    static boolean isBusy(SQLException e) {
        return switch (SqliteFailures.code(e)) {
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL -> true;
            default -> false;
        };
    }

    private void pause(long nanos, Deadline deadline, SQLException busy) {
        if (closed.getAsBoolean()) {
            throw new IllegalStateException(location + " is closed");
        }
        if (deadline.hasPassed()) {
            throw timeout(deadline, busy);
        }
        long jittered = ThreadLocalRandom.current().nextLong(nanos / 2, nanos + 1);
        LockSupport.parkNanos(Math.min(jittered, deadline.remainingNanos()));
        if (Thread.currentThread().isInterrupted()) {
            throw new StoreInterruptedException(
                    "interrupted while waiting for another process to finish with " + location + "; nothing was done",
                    busy);
        }
    }

    private StoreTimeoutException timeout(Deadline deadline, SQLException busy) {
        return new StoreTimeoutException(
                "another process kept " + location + " locked for the whole "
                        + deadline.timeout().toMillis() + " ms; try again, or allow more time",
                busy);
    }
}
