package io.cuttlestore.benchmarks.memory;

import io.cuttlestore.benchmarks.Turn;
import io.cuttlestore.benchmarks.Workload;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Writes of single keys to memory, each of which replaces a value by another. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class InMemoryPut {
    String key(int i) {
        return Workload.key(i);
    }

    @Benchmark
    public void cuttlestore(InMemoryContenders.Ours ours, InMemoryWork work, Turn turn) {
        int i = turn.next(Workload.KEYS);
        ours.store.put(key(i), work.value(i, turn.round(Workload.KEYS)));
    }

    @Benchmark
    public @Nullable Object concurrentHashMap(InMemoryContenders.Raw raw, InMemoryWork work, Turn turn) {
        int i = turn.next(Workload.KEYS);
        return raw.map.put(key(i), work.value(i, turn.round(Workload.KEYS)));
    }

    @Benchmark
    public void caffeine(InMemoryContenders.CaffeineCache caffeine, InMemoryWork work, Turn turn) {
        int i = turn.next(Workload.KEYS);
        caffeine.cache.put(key(i), work.value(i, turn.round(Workload.KEYS)));
    }

    @Benchmark
    public @Nullable Object mvStore(InMemoryContenders.Mv mv, InMemoryWork work, Turn turn) {
        int i = turn.next(Workload.KEYS);
        return mv.map.put(key(i), work.value(i, turn.round(Workload.KEYS)));
    }
}
