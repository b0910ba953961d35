package io.cuttlestore.internal;

import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Key;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** The pauses between attempts of a conditional write that others keep overtaking. */
final class Conflicts {
    private static final long FIRST_PAUSE_NANOS = 10_000;
    private static final long LONGEST_PAUSE_NANOS = 2_000_000;

    private final String location;
    private final Key key;
    private final Deadline patience;
    private long pause = FIRST_PAUSE_NANOS;

    Conflicts(String location, Key key, Duration timeout) {
        this.location = location;
        this.key = key;
        this.patience = Deadline.after(timeout);
    }

    /**
     * Waits a random moment, longer from time to time.
     *
     * @throws StoreTimeoutException if the time limit has passed
     * @throws StoreInterruptedException if the thread is interrupted
     */
    void backOff() {
        if (patience.hasPassed()) {
            throw new StoreTimeoutException("others kept changing key '" + key.name() + "' of " + location + " for "
                    + patience.timeout() + "; nothing was written");
        }
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause));
        if (Thread.currentThread().isInterrupted()) {
            throw new StoreInterruptedException(
                    "interrupted while others kept changing key '" + key.name() + "' of " + location);
        }
        pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
    }
}
