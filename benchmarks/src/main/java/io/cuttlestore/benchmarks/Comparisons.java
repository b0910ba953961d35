package io.cuttlestore.benchmarks;

import java.util.List;
import java.util.Map;

/** All comparisons of all stores. */
public final class Comparisons {
    private Comparisons() {}

    public static List<Comparison> all() {
        return List.of(new Comparison(
                "in-memory-get",
                "In-memory get, 1 thread",
                InMemoryGet.class,
                List.of("cuttlestore", "concurrentHashMap"),
                1,
                Map.of(),
                List.of(Target.atMost(1.6, "concurrentHashMap"))));
    }
}
