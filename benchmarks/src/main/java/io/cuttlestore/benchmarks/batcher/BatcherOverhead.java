package io.cuttlestore.benchmarks.batcher;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.benchmarks.Turn;
import io.cuttlestore.benchmarks.Workload;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendLayer;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Trips;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What sharing trips costs where trips are free: reads from memory by a lone caller, or by one with 1,000 futures. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BatcherOverhead {
    private static final int FUTURES = 1_000;

    /** Memory as a store that says how its trips are to be shared. */
    private static final class Memory extends BackendLayer {
        private final Trips trips;

        Memory(Backend inner, Trips trips) {
            super(inner);
            this.trips = trips;
        }

        static Cuttlestore<String> open(Trips trips) {
            AtomicReference<@Nullable Backend> memory = new AtomicReference<>();
            Cuttlestore.builder("in-memory")
                    .layer(backend -> {
                        memory.set(backend);
                        return backend;
                    })
                    .connect();
            Backend backend = new Memory(Objects.requireNonNull(memory.get()), trips);
            Cuttlestore<String> store = Cuttlestore.builder(backend)
                    .layer(queued -> queued) // with a layer, futures go through the lanes
                    .open(String.class);
            for (int i = 0; i < Workload.KEYS; i++) {
                store.put(Workload.key(i), Workload.value(i, 0));
            }
            return store;
        }

        @Override
        public Trips trips() {
            return trips;
        }

        @Override
        public <R extends @Nullable Object> R execute(Command<R> command) {
            return inner().execute(command);
        }

        @Override
        public void executeAll(List<? extends Call<?>> calls) {
            inner().executeAll(calls);
        }

        @Override
        public ScanPage page(ScanRequest request) {
            return inner().page(request);
        }
    }

    /** With the Batcher in front. */
    @State(Scope.Benchmark)
    public static class Shared {
        private final Cuttlestore<String> store = Memory.open(Trips.shared(1, 1));

        @TearDown
        public void close() {
            store.close();
        }
    }

    /** Without. */
    @State(Scope.Benchmark)
    public static class Alone {
        private final Cuttlestore<String> store = Memory.open(Trips.ALONE);

        @TearDown
        public void close() {
            store.close();
        }
    }

    @Benchmark
    public Optional<String> cuttlestore(Shared shared, Turn turn) {
        return shared.store.get(Workload.key(turn.next(2 * Workload.KEYS)));
    }

    @Benchmark
    public Optional<String> withoutBatcher(Alone alone, Turn turn) {
        return alone.store.get(Workload.key(turn.next(2 * Workload.KEYS)));
    }

    @Benchmark
    @OperationsPerInvocation(FUTURES)
    public void futures(Shared shared, Turn turn) {
        CompletableFuture<?>[] replies = new CompletableFuture<?>[FUTURES];
        for (int i = 0; i < FUTURES; i++) {
            replies[i] = shared.store.async().get(Workload.key(turn.next(2 * Workload.KEYS)));
        }
        CompletableFuture.allOf(replies).join();
    }
}
