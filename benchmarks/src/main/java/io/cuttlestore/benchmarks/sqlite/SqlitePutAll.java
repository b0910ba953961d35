package io.cuttlestore.benchmarks.sqlite;

import io.cuttlestore.benchmarks.Workload;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Writes of a thousand entries together, new values for entries that are there. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SqlitePutAll {
    /** What is written in turn. */
    @State(Scope.Benchmark)
    public static class Rounds {
        private final List<Map<String, String>> rounds = new ArrayList<>();
        private int next;

        public Rounds() {
            for (int round = 0; round < 8; round++) {
                rounds.add(Workload.entries(round));
            }
        }

        Map<String, String> next() {
            return rounds.get(next++ % rounds.size());
        }
    }

    @Benchmark
    @OperationsPerInvocation(Workload.KEYS)
    public void cuttlestore(SqliteStore ours, Rounds rounds) {
        ours.store.putAll(rounds.next());
    }

    @Benchmark
    @OperationsPerInvocation(Workload.KEYS)
    public void jdbc(SqliteDatabase raw, Rounds rounds) throws SQLException {
        raw.jdbc.putAll(rounds.next());
    }
}
