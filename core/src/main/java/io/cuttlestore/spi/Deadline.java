package io.cuttlestore.spi;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The moment by which a call must have ended, on this process's monotonic clock. Immutable. */
public final class Deadline {
    /** No limit: for stores that never wait. */
    public static final Deadline NONE = new Deadline(Duration.ofNanos(Long.MAX_VALUE), 0);

    private final Duration timeout;
    private final long end;

    private Deadline(Duration timeout, long end) {
        this.timeout = timeout;
        this.end = end;
    }

    /** The deadline that lies this far ahead, 292 years at most. */
    public static Deadline after(Duration timeout) {
        return new Deadline(timeout, System.nanoTime() + TimeUnit.NANOSECONDS.convert(timeout));
    }

    /** The whole time that was allowed, for messages. */
    public Duration timeout() {
        return timeout;
    }

    public boolean hasPassed() {
        return remainingNanos() <= 0;
    }

    /** The time left in nanoseconds; zero or negative once it has passed. */
    public long remainingNanos() {
        return this == NONE ? Long.MAX_VALUE : end - System.nanoTime();
    }

    /** The time left in milliseconds, rounded up, at least 0 and at most {@link Integer#MAX_VALUE}. */
    public int remainingMillis() {
        long millis = TimeUnit.NANOSECONDS.toMillis(remainingNanos()) + 1;
        return (int) Math.min(Math.max(remainingNanos() <= 0 ? 0 : millis, 0), Integer.MAX_VALUE);
    }
}
