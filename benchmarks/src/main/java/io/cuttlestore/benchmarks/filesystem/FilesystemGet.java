package io.cuttlestore.benchmarks.filesystem;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.benchmarks.Place;
import io.cuttlestore.benchmarks.Turn;
import io.cuttlestore.benchmarks.Workload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.opendal.OpenDALException;
import org.apache.opendal.Operator;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Reads of single files. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FilesystemGet {
    /** Whether the keys that are read are there. */
    public enum Look {
        HIT,
        MISS
    }

    /** Which keys are read. */
    @State(Scope.Thread)
    public static class Keys {
        @Param
        private Look look = Look.HIT;

        String next(Turn turn) {
            return Workload.key(turn.next(Workload.KEYS) + (look == Look.HIT ? 0 : Workload.KEYS));
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
        public void load() throws IOException {
            RawFiles.Buffer buffer = new RawFiles.Buffer();
            for (int i = 0; i < Workload.KEYS; i++) {
                files.write(Workload.key(i), Workload.value(i, 0), buffer);
            }
        }
    }

    /** What a thread reads raw files into. */
    @State(Scope.Thread)
    public static class RawBuffer {
        final RawFiles.Buffer buffer = new RawFiles.Buffer();
    }

    /** Apache OpenDAL, whose files lie in one folder. */
    @State(Scope.Benchmark)
    public static class OpenDal {
        private final Operator operator =
                Operator.of("fs", Map.of("root", Place.newFolder().toString()));

        @Setup
        public void load() {
            for (int i = 0; i < Workload.KEYS; i++) {
                operator.write(Workload.key(i), Workload.value(i, 0));
            }
        }

        @TearDown
        public void close() {
            operator.close();
        }
    }

    @Benchmark
    public Optional<String> cuttlestore(Ours ours, Keys keys, Turn turn) {
        return ours.store.get(keys.next(turn));
    }

    @Benchmark
    public String fileChannel(Raw raw, RawBuffer buffer, Keys keys, Turn turn) throws IOException {
        return raw.files.read(keys.next(turn), buffer.buffer);
    }

    @Benchmark
    public boolean filesExists(Raw raw, Keys keys, Turn turn) {
        return Files.exists(raw.files.file(keys.next(turn)));
    }

    @Benchmark
    public @Nullable String openDal(OpenDal openDal, Keys keys, Turn turn) {
        try {
            return new String(openDal.operator.read(keys.next(turn)), StandardCharsets.UTF_8);
        } catch (OpenDALException missing) {
            return null;
        }
    }
}
