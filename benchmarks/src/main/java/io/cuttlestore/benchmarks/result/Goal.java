package io.cuttlestore.benchmarks.result;

import io.cuttlestore.benchmarks.Comparison;
import io.cuttlestore.benchmarks.Target;
import java.util.Optional;

/**
 * A row of the target table: something that follows from the results, and the most or the least that it may be.
 *
 * @param work the comparison, or what else is measured
 * @param subject what is measured, for people
 * @param reading how it follows from the results
 * @param direction whether the bound is the most or the least
 * @param bound of the median
 * @param unit after the number: {@code × jdbc}, {@code B}
 */
public record Goal(String work, String subject, Reading reading, Direction direction, double bound, String unit) {
    /** How a number follows from the results. */
    @FunctionalInterface
    public interface Reading {
        /** The number on a JDK, by its version; empty if that was not measured. */
        Optional<Spread> read(Results results, String jdk);
    }

    /** What a bound is. */
    public enum Direction {
        AT_MOST("≤"),
        AT_LEAST("≥");

        private final String sign;

        Direction(String sign) {
            this.sign = sign;
        }
    }

    /** One target of a comparison. */
    static Goal of(Comparison comparison, Target target) {
        String subject = comparison.title();
        if (target.mostTimes() < 1) {
            Reading speed =
                    (results, jdk) -> time(results, comparison, target, jdk).map(times -> times.map(x -> 1 / x));
            double times = 1 / target.mostTimes();
            return new Goal(
                    comparison.id(), subject, speed, Direction.AT_LEAST, times, "× as fast as " + target.baseline());
        }
        Reading time = (results, jdk) -> time(results, comparison, target, jdk);
        return new Goal(
                comparison.id(),
                subject,
                time,
                Direction.AT_MOST,
                target.mostTimes(),
                "× the time of " + target.baseline());
    }

    private static Optional<Spread> time(Results results, Comparison comparison, Target target, String jdk) {
        return results.ratio(comparison.id(), Comparison.OURS, target.baseline(), jdk, comparison.threads());
    }

    /** What is wanted, for people: {@code ≤ 1.15× the time of jdbc}. */
    public String target() {
        return direction.sign + " " + Numbers.plain(bound) + unit;
    }

    public Verdict verdict(Results results, String jdk) {
        return reading.read(results, jdk)
                .map(spread -> isMetBy(spread.median()) ? Verdict.MET : Verdict.MISSED)
                .orElse(Verdict.NOT_MEASURED);
    }

    private boolean isMetBy(double value) {
        return direction == Direction.AT_MOST ? value <= bound : value >= bound;
    }

    /** How much of what is allowed was needed: up to 1 if the target is met. */
    public Optional<Spread> need(Results results, String jdk) {
        return reading.read(results, jdk)
                .map(spread -> spread.map(value -> direction == Direction.AT_MOST ? value / bound : bound / value));
    }
}
