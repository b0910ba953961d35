package io.cuttlestore.internal;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** The clocks by which entries expire. None of them runs backwards within this process. */
final class Clocks {
    /** Follows the system's clock forwards at once, and goes on at the pace of monotonic time when that is set back. */
    static final InstantSource SYSTEM = new SystemClock();

    /** Follows monotonic time from where the system's clock stood when the process began. */
    static final InstantSource MONOTONIC = new MonotonicClock();

    private Clocks() {}

    /** The clock, held where it is while it is set back. */
    static InstantSource neverBackwards(InstantSource clock) {
        return new Latch(clock);
    }

    private static long monotonicMillis() {
        return Math.floorDiv(System.nanoTime(), 1_000_000L);
    }

    private abstract static class MillisecondClock implements InstantSource {
        @Override
        public abstract long millis();

        @Override
        public final Instant instant() {
            return Instant.ofEpochMilli(millis());
        }
    }

    private static final class SystemClock extends MillisecondClock {
        private final AtomicLong offset = new AtomicLong(Long.MIN_VALUE);

        @Override
        public long millis() {
            long wall = System.currentTimeMillis();
            long monotonic = monotonicMillis(); // later, so that a thread kept waiting in between sees too little
            long seen = wall - monotonic;
            long largest = offset.get();
            return monotonic + (seen > largest ? offset.accumulateAndGet(seen, Math::max) : largest);
        }
    }

    private static final class MonotonicClock extends MillisecondClock {
        private final long offset = System.currentTimeMillis() - monotonicMillis();

        @Override
        public long millis() {
            return monotonicMillis() + offset;
        }
    }

    private static final class Latch extends MillisecondClock {
        private final InstantSource clock;
        private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);

        Latch(InstantSource clock) {
            this.clock = clock;
        }

        @Override
        public long millis() {
            return latest.accumulateAndGet(clock.millis(), Math::max);
        }
    }
}
