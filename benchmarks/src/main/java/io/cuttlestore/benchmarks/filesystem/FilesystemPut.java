package io.cuttlestore.benchmarks.filesystem;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.benchmarks.Place;
import io.cuttlestore.benchmarks.Turn;
import io.cuttlestore.benchmarks.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.opendal.Operator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Writes of single files. New ones are removed between the iterations, so that the folders stay small. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FilesystemPut {
    /** Whether the keys that are written are there already. */
    public enum Kind {
        NEW,
        REPLACED
    }

    /** What is to be written. */
    @State(Scope.Benchmark)
    public static class Work {
        @Param
        private Kind kind = Kind.REPLACED;
    }

    /** What a thread writes next. */
    @State(Scope.Thread)
    public static class Next {
        private static final AtomicLong THREADS = new AtomicLong();

        private final RawFiles.Buffer buffer = new RawFiles.Buffer();
        private final String prefix = THREADS.incrementAndGet() + "-";
        private long count;
        private String key = "";
        private String value = "";

        void choose(Work work, Turn turn) {
            int i = turn.next(Workload.KEYS);
            key = work.kind == Kind.REPLACED ? Workload.key(i) : prefix + count++;
            value = Workload.value(i, turn.round(Workload.KEYS));
        }
    }

    /** Our own. */
    @State(Scope.Benchmark)
    public static class Ours {
        private final Cuttlestore<String> store = Cuttlestore.open("filesystem://" + Place.newFolder(), String.class);

        @Setup
        public void load() {
            for (int i = 0; i < Workload.KEYS; i++) {
                store.put(Workload.key(i), Workload.value(i, 0));
            }
        }

        @TearDown(Level.Iteration)
        public void clear(Work work) {
            if (work.kind == Kind.NEW) {
                store.connection().eraseAll();
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
        private final RawFiles files = new RawFiles(Place.newFolder());

        @Setup
        public void load(Next next) throws IOException {
            for (int i = 0; i < Workload.KEYS; i++) {
                files.write(Workload.key(i), Workload.value(i, 0), next.buffer);
            }
        }

        @TearDown(Level.Iteration)
        public void clear(Work work) throws IOException {
            if (work.kind == Kind.NEW) {
                files.clear();
            }
        }
    }

    /** Apache OpenDAL, told to write to temporary files and to rename them. */
    @State(Scope.Benchmark)
    public static class OpenDal {
        private final Path folder = Place.newFolder();
        private final Operator operator = Operator.of(
                "fs",
                Map.of(
                        "root", folder.resolve("values").toString(),
                        "atomic_write_dir", folder.resolve("tmp").toString()));

        @Setup
        public void load() {
            for (int i = 0; i < Workload.KEYS; i++) {
                operator.write(Workload.key(i), Workload.value(i, 0));
            }
        }

        @TearDown(Level.Iteration)
        public void clear(Work work) {
            if (work.kind == Kind.NEW) {
                operator.removeAll("/");
            }
        }

        @TearDown
        public void close() {
            operator.close();
        }
    }

    @Benchmark
    public void cuttlestore(Ours ours, Work work, Next next, Turn turn) {
        next.choose(work, turn);
        ours.store.put(next.key, next.value);
    }

    @Benchmark
    public void tempAndRename(Raw raw, Work work, Next next, Turn turn) throws IOException {
        next.choose(work, turn);
        raw.files.write(next.key, next.value, next.buffer);
    }

    @Benchmark
    public void openDal(OpenDal openDal, Work work, Next next, Turn turn) {
        next.choose(work, turn);
        openDal.operator.write(next.key, next.value);
    }
}
