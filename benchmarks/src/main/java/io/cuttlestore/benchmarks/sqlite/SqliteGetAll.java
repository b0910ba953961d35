package io.cuttlestore.benchmarks.sqlite;

import io.cuttlestore.benchmarks.Turn;
import io.cuttlestore.benchmarks.Workload;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Reads of a hundred keys, all of which are there, together and one by one. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SqliteGetAll {
    private static final int KEYS = 100;

    private static List<String> keys(Turn turn) {
        List<String> keys = new ArrayList<>(KEYS);
        for (int i = 0; i < KEYS; i++) {
            keys.add(Workload.key(turn.next(Workload.KEYS)));
        }
        return keys;
    }

    @Benchmark
    @OperationsPerInvocation(KEYS)
    public Map<String, String> cuttlestore(SqliteStore ours, Turn turn) {
        return ours.store.getAll(keys(turn));
    }

    @Benchmark
    @OperationsPerInvocation(KEYS)
    public Map<String, String> singleGets(SqliteStore ours, Turn turn) {
        Map<String, String> found = new HashMap<>();
        for (String key : keys(turn)) {
            ours.store.get(key).ifPresent(value -> found.put(key, value));
        }
        return found;
    }

    @Benchmark
    @OperationsPerInvocation(KEYS)
    public Map<String, String> jdbc(SqliteDatabase raw, Turn turn) throws SQLException {
        Map<String, String> found = new HashMap<>();
        raw.jdbc.getAll(keys(turn), found);
        return found;
    }
}
