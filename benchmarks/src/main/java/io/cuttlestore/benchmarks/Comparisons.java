package io.cuttlestore.benchmarks;

import java.util.List;
import java.util.stream.Stream;

/** All comparisons of all stores. */
public final class Comparisons {
    private Comparisons() {}

    public static List<Comparison> all() {
        return Stream.of(
                        InMemoryComparisons.all(),
                        FilesystemComparisons.all(),
                        SqliteComparisons.all(),
                        RedisComparisons.all())
                .flatMap(List::stream)
                .toList();
    }
}
