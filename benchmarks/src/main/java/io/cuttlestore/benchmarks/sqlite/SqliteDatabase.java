package io.cuttlestore.benchmarks.sqlite;

import io.cuttlestore.benchmarks.Place;
import io.cuttlestore.benchmarks.Workload;
import java.sql.SQLException;
import java.util.Map;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** SQLite by hand: a database of the workload's entries. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class SqliteDatabase {
    /** What a write survives when it is acknowledged. */
    @Param({"process", "power"})
    public String durability;

    SqliteJdbc jdbc;

    @Setup
    public void open() throws SQLException {
        jdbc = new SqliteJdbc(Place.newFolder().resolve("entries.db"), durability.equals("power"));
        jdbc.putAll(entries());
    }

    Map<String, String> entries() {
        return Workload.entries(0);
    }

    @TearDown
    public void close() throws SQLException {
        jdbc.close();
    }
}
