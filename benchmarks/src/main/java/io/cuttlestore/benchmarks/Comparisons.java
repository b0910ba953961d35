package io.cuttlestore.benchmarks;

import io.cuttlestore.benchmarks.batcher.BatcherComparisons;
import io.cuttlestore.benchmarks.filesystem.FilesystemComparisons;
import io.cuttlestore.benchmarks.memory.InMemoryComparisons;
import io.cuttlestore.benchmarks.redis.RedisComparisons;
import io.cuttlestore.benchmarks.sqlite.SqliteComparisons;
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
                        RedisComparisons.all(),
                        BatcherComparisons.all())
                .flatMap(List::stream)
                .toList();
    }
}
