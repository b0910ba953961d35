package io.cuttlestore.benchmarks.sqlite;

import io.cuttlestore.benchmarks.Place;
import io.cuttlestore.benchmarks.Turn;
import io.cuttlestore.benchmarks.Workload;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/** Reads of single keys from a file. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SqliteGet {
    /** Which keys are read: those that are there, or as many that are missing. */
    @State(Scope.Thread)
    public static class Keys {
        @Param({"hit", "miss"})
        public String outcome = "hit";

        private int first;

        @Setup(Level.Trial)
        public void choose() {
            first = outcome.equals("hit") ? 0 : Workload.KEYS;
        }

        String next(Turn turn) {
            return Workload.key(first + turn.next(Workload.KEYS));
        }
    }

    /** H2's storage engine. */
    @State(Scope.Benchmark)
    public static class H2 {
        private final StoredMap map = StoredMap.h2(Place.newFolder().resolve("entries.db"), false);

        @Setup(Level.Trial)
        public void load() {
            map.putAll(Workload.entries(0));
        }

        @TearDown
        public void close() {
            map.close();
        }
    }

    @Benchmark
    public Optional<String> cuttlestore(SqliteStore ours, Keys keys, Turn turn) {
        return ours.store.get(keys.next(turn));
    }

    @Benchmark
    public @Nullable String jdbc(SqliteDatabase raw, Keys keys, Turn turn) throws SQLException {
        return raw.jdbc.get(keys.next(turn));
    }

    @Benchmark
    public @Nullable String h2MvStore(H2 h2, Keys keys, Turn turn) {
        return h2.map.get(keys.next(turn));
    }

    @Benchmark
    public @Nullable String mapDb(MapDb mapDb, Keys keys, Turn turn) {
        return mapDb.map.get(keys.next(turn));
    }
}
