package io.cuttlestore.benchmarks;

import io.cuttlestore.benchmarks.result.LeftOut;
import io.cuttlestore.benchmarks.result.Results;
import io.cuttlestore.benchmarks.result.Unit;
import java.util.List;
import java.util.Map;

/** Results to try things with. */
public final class Samples {
    private Samples() {}

    public static Measurement time(String work, String contender, String jdk, Double... values) {
        return new Measurement(work, contender, jdk, 1, Unit.TIME, List.of(values), Map.of());
    }

    public static Results results(List<LeftOut> leftOut, Measurement... measurements) {
        return new Results(
                "2026-11-25T16:42Z",
                "./bench",
                3_000,
                Map.of("cores", "2"),
                Map.of("Jedis", "8.0.2"),
                List.of(measurements),
                leftOut);
    }

    public static Comparison comparison(Class<?> benchmark, Target... targets) {
        return new Comparison(
                "sqlite-try", "SQLite try", benchmark, List.of("cuttlestore", "raw"), 1, Map.of(), List.of(targets));
    }
}
