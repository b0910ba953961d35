package io.cuttlestore.benchmarks.sqlite;

import io.cuttlestore.benchmarks.Workload;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A thousand writes begun one after the other, of which none waits for the one before. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SqliteAsyncPut {
    /** How often everything has been written. */
    @State(Scope.Benchmark)
    public static class Rounds {
        private int round;

        /** Begins to write every key, and waits for all. */
        void writeAll(BiFunction<String, String, CompletableFuture<?>> put) {
            round++;
            CompletableFuture<?>[] writes = new CompletableFuture<?>[Workload.KEYS];
            for (int i = 0; i < writes.length; i++) {
                writes[i] = put.apply(Workload.key(i), Workload.value(i, round));
            }
            CompletableFuture.allOf(writes).join();
        }
    }

    /** SQLite by hand. One thread writes: more of them would only wait for each other. */
    public static class Jdbc extends SqliteDatabase {
        private final ExecutorService writer = Executors.newSingleThreadExecutor();

        CompletableFuture<Void> put(String key, String value) {
            return CompletableFuture.runAsync(() -> putNow(key, value), writer);
        }

        private void putNow(String key, String value) {
            try {
                jdbc.put(key, value);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        @TearDown
        public void end() {
            writer.shutdown();
        }
    }

    @Benchmark
    @OperationsPerInvocation(Workload.KEYS)
    public void cuttlestore(SqliteStore ours, Rounds rounds) {
        rounds.writeAll(ours.store.async()::put);
    }

    @Benchmark
    @OperationsPerInvocation(Workload.KEYS)
    public void jdbc(Jdbc raw, Rounds rounds) {
        rounds.writeAll(raw::put);
    }
}
