package io.cuttlestore.spi;

import java.time.Duration;
import java.time.Instant;

/** When a written entry is to expire. A sum type, so that a server's own clock can apply durations. */
public sealed interface Expiry {
    /** The entry does not expire. */
    Expiry NEVER = Never.INSTANCE;

    /** The entry keeps the deadline of the live entry it replaces; where there is none, it does not expire. */
    Expiry KEEP = Keep.INSTANCE;

    /**
     * Expiry after a duration, rounded up to a millisecond; never, if it overflows.
     *
     * @throws IllegalArgumentException if the duration is zero or negative
     */
    static Expiry after(Duration ttl) {
        if (ttl.isZero() || ttl.isNegative()) {
            throw new IllegalArgumentException("a time to live must be positive, not " + ttl);
        }
        try {
            return new After(ttl.plusNanos(999_999).toMillis());
        } catch (ArithmeticException tooLong) {
            return NEVER;
        }
    }

    /** Expiry at an instant, rounded up to a millisecond; never, if it lies beyond what milliseconds can count. */
    static Expiry at(Instant instant) {
        try {
            long millis = instant.toEpochMilli();
            return new At(Instant.ofEpochMilli(millis).equals(instant) ? millis : Math.incrementExact(millis));
        } catch (ArithmeticException outOfRange) {
            return instant.getEpochSecond() > 0 ? NEVER : new At(Long.MIN_VALUE);
        }
    }

    /**
     * The deadline in epoch milliseconds, or {@link Stored#NEVER}.
     *
     * @param now the time of the clock that decides, in epoch milliseconds
     * @param kept the deadline of the live entry that is replaced, or {@link Stored#NEVER} where there is none
     */
    long deadline(long now, long kept);

    /** Without a deadline. */
    enum Never implements Expiry {
        INSTANCE;

        @Override
        public long deadline(long now, long kept) {
            return Stored.NEVER;
        }
    }

    /** With the deadline that is there. */
    enum Keep implements Expiry {
        INSTANCE;

        @Override
        public long deadline(long now, long kept) {
            return kept;
        }
    }

    /**
     * A time after the write.
     *
     * @param millis at least 1
     */
    record After(long millis) implements Expiry {
        @Override
        public long deadline(long now, long kept) {
            long deadline = now + millis;
            return deadline < now ? Stored.NEVER : deadline;
        }
    }

    /**
     * A fixed instant, possibly past.
     *
     * @param epochMillis milliseconds since 1970-01-01T00:00Z
     */
    record At(long epochMillis) implements Expiry {
        @Override
        public long deadline(long now, long kept) {
            return epochMillis;
        }
    }
}
