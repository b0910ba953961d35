package io.cuttlestore.benchmarks.filesystem;

import io.cuttlestore.benchmarks.AsyncRounds;
import io.cuttlestore.benchmarks.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A thousand writes of files that survive a power cut, of which none waits for the one before. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FilesystemPowerPutAsync {
    /** The raw files, written by as many threads as wait for the disk in the comparison of threads. */
    @State(Scope.Benchmark)
    public static class Executor {
        private static final int THREADS = 64;

        private final ThreadLocal<RawFiles.Buffer> buffers = ThreadLocal.withInitial(RawFiles.Buffer::new);
        private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

        CompletableFuture<Void> put(RawFiles files, String key, String value) {
            return CompletableFuture.runAsync(
                    () -> {
                        try {
                            files.writeSynced(key, value, buffers.get());
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    },
                    threads);
        }

        @TearDown
        public void end() {
            threads.shutdown();
        }
    }

    @Benchmark
    @OperationsPerInvocation(Workload.KEYS)
    public void cuttlestore(FilesystemPowerPut.Ours ours, AsyncRounds rounds) {
        rounds.writeAll(ours.store.async()::put);
    }

    @Benchmark
    @OperationsPerInvocation(Workload.KEYS)
    public void syncedTempAndRename(FilesystemPowerPut.Raw raw, Executor executor, AsyncRounds rounds) {
        rounds.writeAll((key, value) -> executor.put(raw.files, key, value));
    }
}
