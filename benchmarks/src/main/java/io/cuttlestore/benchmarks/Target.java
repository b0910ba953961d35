package io.cuttlestore.benchmarks;

/**
 * What Cuttlestore's time is to be, as a multiple of a baseline's in the same run.
 *
 * @param baseline the contender to compare with
 * @param mostTimes the largest multiple that meets the target
 */
public record Target(String baseline, double mostTimes) {
    /** At most so many times the baseline's time: {@code 1.15}. */
    public static Target atMost(double times, String baseline) {
        return new Target(baseline, times);
    }

    /** At least so many times faster than the baseline. */
    public static Target faster(double times, String baseline) {
        return new Target(baseline, 1 / times);
    }

    public boolean isMetBy(double times) {
        return times <= mostTimes;
    }
}
