package io.cuttlestore.benchmarks.result;

import io.cuttlestore.benchmarks.Comparison;
import io.cuttlestore.benchmarks.Measurement;
import java.util.List;
import java.util.Optional;

/**
 * Compares two runs. What counts is how many times the raw client's time ours takes, since machines and days differ; only
 * where there is no raw client, the value itself. A difference is beyond the noise if no fork of one run is within the
 * spread of the other's, and the medians differ by more than 5 %, or by more than 30 % where a single fork shows no spread.
 */
public final class RegressionCheck {
    private static final int ENOUGH = 3;
    private static final double LEAST = 1.05;
    private static final double LEAST_WITHOUT_SPREAD = 1.30;

    /**
     * One work of ours in both runs.
     *
     * @param name the work, for people
     * @param unit of the numbers
     * @param before what it was
     * @param after what it is
     * @param slowdown how many times slower it is; below 1 if it is faster
     * @param isBeyondNoise whether that means something
     */
    public record Change(
            String name, String unit, Spread before, Spread after, double slowdown, boolean isBeyondNoise) {
        public boolean isSlower() {
            return isBeyondNoise && slowdown > 1;
        }

        public boolean isFaster() {
            return isBeyondNoise && slowdown < 1;
        }

        /** What changed, by how much, and how far the forks lay apart. */
        public String text() {
            long percent = Math.round(100 * Math.abs(slowdown - 1));
            return name + ": " + Numbers.text(after) + unit + ", was " + Numbers.text(before) + unit + ": " + percent
                    + " % " + (slowdown > 1 ? "slower" : "faster");
        }
    }

    private RegressionCheck() {}

    /** Everything of ours that both runs have measured. */
    public static List<Change> compare(Results before, Results after) {
        return after.measurements().stream()
                .filter(measurement -> measurement.contender().equals(Comparison.OURS))
                .flatMap(ours -> change(before, after, ours).stream())
                .toList();
    }

    private static Optional<Change> change(Results before, Results after, Measurement ours) {
        Optional<Measurement> previous = same(before, ours, Comparison.OURS);
        if (previous.isEmpty()) {
            return Optional.empty();
        }
        Optional<Measurement> raw = rawClient(before, after, ours);
        Optional<Spread> now =
                raw.isPresent() ? Spread.ofRatios(ours.values(), raw.get().values()) : Spread.of(ours.values());
        Optional<Spread> then = raw.flatMap(measurement -> same(before, measurement, measurement.contender()))
                .map(measurement -> Spread.ofRatios(previous.get().values(), measurement.values()))
                .orElseGet(() -> Spread.of(previous.get().values()));
        String unit = raw.map(measurement -> "× " + measurement.contender()).orElse(" " + ours.unit());
        return then.flatMap(old -> now.map(spread -> change(ours, unit, old, spread)));
    }

    private static Change change(Measurement ours, String unit, Spread before, Spread after) {
        double growth = after.median() / before.median();
        double slowdown = Unit.isRate(ours.unit()) ? 1 / growth : growth;
        double factor = Math.max(slowdown, 1 / slowdown);
        boolean hasSpread = before.count() >= ENOUGH && after.count() >= ENOUGH;
        boolean isBeyondNoise = hasSpread ? factor > LEAST && !before.overlaps(after) : factor > LEAST_WITHOUT_SPREAD;
        return new Change(name(ours), unit, before, after, slowdown, isBeyondNoise);
    }

    private static String name(Measurement ours) {
        String allocation = ours.unit().equals(Unit.ALLOCATION) ? ", allocation" : "";
        return ours.work() + " at " + ours.x() + (ours.jdk().isEmpty() ? "" : ", JDK " + ours.jdk()) + allocation;
    }

    /** The first other contender that both runs have measured in that unit of time. */
    private static Optional<Measurement> rawClient(Results before, Results after, Measurement ours) {
        return after.measurements().stream()
                .filter(other -> !other.contender().equals(Comparison.OURS)
                        && !ours.unit().equals(Unit.ALLOCATION)
                        && same(after, ours, other.contender())
                                .filter(other::equals)
                                .isPresent()
                        && same(before, ours, other.contender()).isPresent())
                .findFirst();
    }

    private static Optional<Measurement> same(Results results, Measurement as, String contender) {
        return results.find(as.work(), contender, as.jdk(), as.x(), as.unit());
    }
}
