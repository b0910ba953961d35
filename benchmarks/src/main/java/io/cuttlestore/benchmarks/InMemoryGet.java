package io.cuttlestore.benchmarks;

import io.cuttlestore.Cuttlestore;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Reads of single keys from memory, half of which are missing. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class InMemoryGet {
    /** Our own. */
    @State(Scope.Benchmark)
    public static class Ours {
        private final Cuttlestore<String> store = Cuttlestore.open("in-memory", String.class);

        @Setup(Level.Trial)
        public void load() {
            for (int i = 0; i < Workload.KEYS; i++) {
                store.put(Workload.key(i), Workload.value(i, 0));
            }
        }

        @TearDown
        public void close() {
            store.close();
        }
    }

    /** The raw map. */
    @State(Scope.Benchmark)
    public static class Raw {
        private final ConcurrentHashMap<String, String> map = new ConcurrentHashMap<>();

        @Setup(Level.Trial)
        public void load() {
            for (int i = 0; i < Workload.KEYS; i++) {
                map.put(Workload.key(i), Workload.value(i, 0));
            }
        }
    }

    @Benchmark
    public Optional<String> cuttlestore(Ours ours, Turn turn) {
        return ours.store.get(Workload.key(turn.next(2 * Workload.KEYS)));
    }

    @Benchmark
    public @Nullable String concurrentHashMap(Raw raw, Turn turn) {
        return raw.map.get(Workload.key(turn.next(2 * Workload.KEYS)));
    }
}
