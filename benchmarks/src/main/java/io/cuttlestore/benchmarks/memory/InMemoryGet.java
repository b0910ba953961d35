package io.cuttlestore.benchmarks.memory;

import io.cuttlestore.benchmarks.Turn;
import io.cuttlestore.benchmarks.Workload;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Reads of single keys from memory, half of which are missing. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class InMemoryGet {
    String key(int i) {
        return Workload.key(i);
    }

    @Benchmark
    public Optional<Object> cuttlestore(InMemoryContenders.Ours ours, Turn turn) {
        return ours.store.get(key(turn.next(2 * Workload.KEYS)));
    }

    @Benchmark
    public @Nullable Object concurrentHashMap(InMemoryContenders.Raw raw, Turn turn) {
        return raw.map.get(key(turn.next(2 * Workload.KEYS)));
    }

    @Benchmark
    public @Nullable Object caffeine(InMemoryContenders.CaffeineCache caffeine, Turn turn) {
        return caffeine.cache.getIfPresent(key(turn.next(2 * Workload.KEYS)));
    }

    @Benchmark
    public @Nullable Object mvStore(InMemoryContenders.Mv mv, Turn turn) {
        return mv.map.get(key(turn.next(2 * Workload.KEYS)));
    }
}
