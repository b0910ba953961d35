package io.cuttlestore.benchmarks.batcher;

import io.cuttlestore.benchmarks.Comparison;
import java.util.List;
import java.util.Map;

/** What is measured of shared trips themselves. */
public final class BatcherComparisons {
    private BatcherComparisons() {}

    public static List<Comparison> all() {
        return List.of(new Comparison(
                "batcher-lone-caller",
                "Read from memory through the Batcher, 1 thread",
                BatcherOverhead.class,
                List.of(Comparison.OURS, "withoutBatcher"),
                1,
                Map.of(),
                List.of()));
    }
}
