package io.cuttlestore.reliability.soak;

import io.cuttlestore.reliability.Tally;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Whether a store is as quick, and the process as small, in the last third of a run as in the first. What grows with time,
 * such as a log that nobody shortens or entries that no sweep finds, has by then grown to several times what it was.
 *
 * <p>Latencies may rise to three times what they were and a few milliseconds, since other programs and the disk's own
 * caches have their part in the slowest hundredth of calls; to half a second more if a third has fewer than 100,000 calls,
 * since these take so few seconds that one spell of other programs decides: on two busy cores the same store had 11 ms in one
 * third and 193 ms in another. The heap may grow by a quarter and 16 MiB, since the JVM
 * keeps more about code the longer it runs.
 */
final class Steadiness {
    private static final long SLOWER = 3;
    private static final long SLOWER_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long FEW_CALLS = 100_000;
    private static final long SLOWER_NANOS_OF_FEW = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long LARGER_BYTES = 16 << 20;

    private Steadiness() {}

    /**
     * Requires that calls are as quick.
     *
     * @param what was called
     * @throws AssertionError if the slowest hundredth of calls has become slower, or if there were none to compare
     */
    static void requireQuick(String what, Histogram first, Histogram last, Tally tally) {
        if (first.getTotalCount() == 0 || last.getTotalCount() == 0) {
            throw new AssertionError(what + ": no calls to compare");
        }
        long before = first.getValueAtPercentile(99);
        long after = last.getValueAtPercentile(99);
        tally.most(what + ": p99 in us in the first third", before / 1_000);
        tally.most(what + ": p99 in us in the last third", after / 1_000);
        boolean few = Math.min(first.getTotalCount(), last.getTotalCount()) < FEW_CALLS;
        if (after > SLOWER * before + (few ? SLOWER_NANOS_OF_FEW : SLOWER_NANOS)) {
            throw new AssertionError(what + ": the 99th percentile was " + before / 1_000
                    + " us in the first third, and " + after / 1_000 + " us in the last");
        }
    }

    /**
     * Requires that the heap is as small.
     *
     * @throws AssertionError if it has grown
     */
    static void requireSmall(long before, long after, Tally tally) {
        tally.most("heap in KiB in the first third", before / 1_024);
        tally.most("heap in KiB in the end", after / 1_024);
        if (after > before + before / 4 + LARGER_BYTES) {
            throw new AssertionError("the heap was " + before / 1_024 + " KiB in the first third, and " + after / 1_024
                    + " KiB in the end");
        }
    }
}
