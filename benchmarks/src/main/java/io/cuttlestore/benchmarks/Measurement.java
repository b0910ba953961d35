package io.cuttlestore.benchmarks;

import java.util.List;
import java.util.Map;

/**
 * One contender at one work, measured several times. A line of JSON with these names is what the programs print that
 * {@code ./bench} starts, and what its result file holds.
 *
 * @param work the id of the {@linkplain Comparison comparison}, or of a row of points: {@code scale-sqlite-get}
 * @param contender who does it: {@code cuttlestore}, {@code jdbc}
 * @param jdk the feature version of the JDK, or an empty text where none is at work
 * @param x how many callers there are, or how many entries
 * @param unit of the values: {@code us/op}
 * @param values one for each fork or round, in the order of the run, so that values at the same place belong together
 * @param percentiles of the time of single operations, in microseconds, by name ({@code 50}, {@code 99.9}); may be empty
 */
public record Measurement(
        String work,
        String contender,
        String jdk,
        long x,
        String unit,
        List<Double> values,
        Map<String, Double> percentiles) {
    public Measurement {
        values = List.copyOf(values);
        percentiles = Map.copyOf(percentiles);
    }
}
