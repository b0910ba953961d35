package io.cuttlestore.reliability.clock;

import io.cuttlestore.reliability.Shim;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.file.Path;

/**
 * The wall clock of this process, which {@code wallclock.c} sets, and the true time beside it, in milliseconds since an
 * arbitrary moment. Not thread-safe.
 */
final class WallClock {
    private final MappedByteBuffer shared;
    private final long trueEpoch = System.currentTimeMillis() - trueTime();
    private long offset;
    private long furthest = Long.MIN_VALUE;

    private WallClock(MappedByteBuffer shared) {
        this.shared = shared;
    }

    /** Makes the file, before the process starts. */
    static void create(Path file) throws IOException {
        Shim.createShared(file, Long.BYTES);
    }

    static WallClock map(Path file) throws IOException {
        return new WallClock(Shim.mapShared(file));
    }

    /** The true time, which nothing sets. */
    static long trueTime() {
        return Math.floorDiv(System.nanoTime(), 1_000_000L);
    }

    /** Sets the clock so far ahead of the true time, or behind it. */
    void set(long millis) {
        shared.putLong(0, millis);
        offset = millis;
        furthest = Math.max(furthest, millis);
        long seen = System.currentTimeMillis() - trueTime() - trueEpoch;
        if (Math.abs(seen - millis) > 1_000) {
            throw new AssertionError("the clock was set to " + millis + " ms and is at " + seen);
        }
    }

    long offset() {
        return offset;
    }

    /** The furthest that it was ever set. */
    long furthest() {
        return furthest;
    }

    /** The milliseconds since 1970 at a true time. */
    long epochMillis(long trueTime) {
        return trueEpoch + trueTime;
    }
}
