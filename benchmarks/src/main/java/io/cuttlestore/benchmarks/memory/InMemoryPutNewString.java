package io.cuttlestore.benchmarks.memory;

import io.cuttlestore.benchmarks.Turn;
import io.cuttlestore.benchmarks.Workload;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** As {@link InMemoryPut}, with the keys of {@link InMemoryGetNewString}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class InMemoryPutNewString {
    @Benchmark
    public void cuttlestore(InMemoryContenders.Ours ours, InMemoryWork work, Turn turn) {
        int i = turn.next(Workload.KEYS);
        ours.store.put(Workload.newKey(i), work.value(i, turn.round(Workload.KEYS)));
    }

    @Benchmark
    public @Nullable Object concurrentHashMap(InMemoryContenders.Raw raw, InMemoryWork work, Turn turn) {
        int i = turn.next(Workload.KEYS);
        return raw.map.put(Workload.newKey(i), work.value(i, turn.round(Workload.KEYS)));
    }

    /** What both others spend on making the key. */
    @Benchmark
    public String keyOnly(InMemoryWork work, Turn turn) {
        return Workload.newKey(turn.next(Workload.KEYS));
    }
}
