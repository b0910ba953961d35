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

/**
 * As {@link InMemoryGet}, with keys that are equal to those stored but not the same objects, as keys from a request are: each is
 * cut out of a text, so nobody has hashed it yet.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class InMemoryGetNewString {
    @Benchmark
    public Optional<Object> cuttlestore(InMemoryContenders.Ours ours, Turn turn) {
        return ours.store.get(Workload.newKey(turn.next(2 * Workload.KEYS)));
    }

    @Benchmark
    public @Nullable Object concurrentHashMap(InMemoryContenders.Raw raw, Turn turn) {
        return raw.map.get(Workload.newKey(turn.next(2 * Workload.KEYS)));
    }

    /** What both others spend on making the key. */
    @Benchmark
    public String keyOnly(InMemoryWork work, Turn turn) {
        return Workload.newKey(turn.next(2 * Workload.KEYS));
    }
}
