package io.cuttlestore.benchmarks.sqlite;

import io.cuttlestore.benchmarks.Place;
import io.cuttlestore.benchmarks.Turn;
import io.cuttlestore.benchmarks.Workload;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Writes of single keys to a file by one caller or many, new values for entries that are there. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SqlitePut {
    /** SQLite by hand. Callers take turns at the one connection: SQLite has one writer at a time, and this wastes least. */
    public static class Jdbc extends SqliteDatabase {
        private final ReentrantLock lock = new ReentrantLock();

        void put(String key, String value) throws SQLException {
            lock.lock();
            try {
                jdbc.put(key, value);
            } finally {
                lock.unlock();
            }
        }
    }

    /** H2's storage engine. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init")
    public static class H2 {
        @Param({"process", "power"})
        public String durability;

        private StoredMap map;

        @Setup
        public void open() {
            map = StoredMap.h2(Place.newFolder().resolve("entries.db"), durability.equals("power"));
            map.putAll(Workload.entries(0));
        }

        @TearDown
        public void close() {
            map.close();
        }
    }

    @Benchmark
    public void cuttlestore(SqliteStore ours, Turn turn) {
        int i = turn.next(Workload.KEYS);
        ours.store.put(Workload.key(i), Workload.value(i, turn.round(Workload.KEYS)));
    }

    @Benchmark
    public void jdbc(Jdbc raw, Turn turn) throws SQLException {
        int i = turn.next(Workload.KEYS);
        raw.put(Workload.key(i), Workload.value(i, turn.round(Workload.KEYS)));
    }

    @Benchmark
    public void h2MvStore(H2 h2, Turn turn) {
        int i = turn.next(Workload.KEYS);
        h2.map.put(Workload.key(i), Workload.value(i, turn.round(Workload.KEYS)));
    }

    @Benchmark
    public void mapDb(MapDb mapDb, Turn turn) {
        int i = turn.next(Workload.KEYS);
        mapDb.map.put(Workload.key(i), Workload.value(i, turn.round(Workload.KEYS)));
    }
}
