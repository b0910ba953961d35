package io.cuttlestore.benchmarks.sqlite;

import io.cuttlestore.benchmarks.AsyncRounds;
import io.cuttlestore.benchmarks.Workload;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.TearDown;

/** A thousand writes begun one after the other, of which none waits for the one before. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SqliteAsyncPut {
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
    public void cuttlestore(SqliteStore ours, AsyncRounds rounds) {
        rounds.writeAll(ours.store.async()::put);
    }

    @Benchmark
    @OperationsPerInvocation(Workload.KEYS)
    public void jdbc(Jdbc raw, AsyncRounds rounds) {
        rounds.writeAll(raw::put);
    }
}
