package io.cuttlestore.benchmarks.sqlite;

import io.cuttlestore.Entry;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.infra.Blackhole;

/** Visits of all of a hundred thousand entries with values of a hundred bytes. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SqliteScan {
    private static final int ENTRIES = 100_000;

    private static Map<String, String> entries() {
        Map<String, String> entries = new LinkedHashMap<>();
        for (int i = 0; i < ENTRIES; i++) {
            entries.put("key-" + i, ("value " + i + " ").repeat(100).substring(0, 100));
        }
        return entries;
    }

    /** Our own. */
    public static class Ours extends SqliteStore {
        @Override
        Map<String, String> entries() {
            return SqliteScan.entries();
        }
    }

    /** SQLite by hand. */
    public static class Jdbc extends SqliteDatabase {
        @Override
        Map<String, String> entries() {
            return SqliteScan.entries();
        }
    }

    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public void cuttlestore(Ours ours, Blackhole blackhole) {
        try (Stream<Entry<String>> entries = ours.store.scan()) {
            entries.forEach(entry -> {
                blackhole.consume(entry.key());
                blackhole.consume(entry.value());
            });
        }
    }

    @Benchmark
    @OperationsPerInvocation(ENTRIES)
    public void jdbc(Jdbc raw, Blackhole blackhole) throws SQLException {
        raw.jdbc.scan((key, value) -> {
            blackhole.consume(key);
            blackhole.consume(value);
        });
    }
}
