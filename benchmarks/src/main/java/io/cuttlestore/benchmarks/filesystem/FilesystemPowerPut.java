package io.cuttlestore.benchmarks.filesystem;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.benchmarks.Place;
import io.cuttlestore.benchmarks.Turn;
import io.cuttlestore.benchmarks.Workload;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Writes of single files that survive a power cut. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FilesystemPowerPut {
    /** Our own. */
    @State(Scope.Benchmark)
    public static class Ours {
        final Cuttlestore<String> store =
                Cuttlestore.open("filesystem://" + Place.newFolder() + "?durability=power", String.class);

        @Setup
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

    /** The raw files. */
    @State(Scope.Benchmark)
    public static class Raw {
        final RawFiles files = new RawFiles(Place.newFolder());

        @Setup
        public void load(RawBuffer buffer) throws IOException {
            for (int i = 0; i < Workload.KEYS; i++) {
                files.write(Workload.key(i), Workload.value(i, 0), buffer.buffer);
            }
        }
    }

    /** What a thread writes raw files from. */
    @State(Scope.Thread)
    public static class RawBuffer {
        private final RawFiles.Buffer buffer = new RawFiles.Buffer();
    }

    @Benchmark
    public void cuttlestore(Ours ours, Turn turn) {
        int i = turn.next(Workload.KEYS);
        ours.store.put(Workload.key(i), Workload.value(i, turn.round(Workload.KEYS)));
    }

    @Benchmark
    public void syncedTempAndRename(Raw raw, RawBuffer buffer, Turn turn) throws IOException {
        int i = turn.next(Workload.KEYS);
        raw.files.writeSynced(Workload.key(i), Workload.value(i, turn.round(Workload.KEYS)), buffer.buffer);
    }
}
