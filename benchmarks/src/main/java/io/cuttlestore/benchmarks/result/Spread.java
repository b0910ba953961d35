package io.cuttlestore.benchmarks.result;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/** The median of some values, and how far they lie apart. */
public record Spread(double median, double min, double max, int count) {
    /** Of some values; empty if there are none. */
    public static Optional<Spread> of(List<Double> values) {
        if (values.isEmpty()) {
            return Optional.empty();
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return Optional.of(new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length));
    }

    /** Of the ratios of values at the same place, which were measured one right after the other. */
    public static Optional<Spread> ofRatios(List<Double> values, List<Double> baselines) {
        return of(IntStream.range(0, Math.min(values.size(), baselines.size()))
                .mapToObj(i -> values.get(i) / baselines.get(i))
                .toList());
    }

    /** The same after a change of all values by a function that rises or falls all along. */
    public Spread map(DoubleUnaryOperator function) {
        double one = function.applyAsDouble(min);
        double other = function.applyAsDouble(max);
        return new Spread(function.applyAsDouble(median), Math.min(one, other), Math.max(one, other), count);
    }

    public boolean overlaps(Spread other) {
        return min <= other.max && other.min <= max;
    }
}
