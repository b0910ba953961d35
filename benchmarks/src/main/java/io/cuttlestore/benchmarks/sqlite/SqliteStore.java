package io.cuttlestore.benchmarks.sqlite;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.benchmarks.Place;
import io.cuttlestore.benchmarks.Workload;
import java.util.Map;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Our own: a store of the workload's entries in a file. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init")
public class SqliteStore {
    /** What a write survives when it is acknowledged. */
    @Param({"process", "power"})
    public String durability;

    Cuttlestore<String> store;

    @Setup
    public void open() {
        store = Cuttlestore.open(
                "sqlite://" + Place.newFolder().resolve("entries.db") + "?durability=" + durability, String.class);
        store.putAll(entries());
    }

    Map<String, String> entries() {
        return Workload.entries(0);
    }

    @TearDown
    public void close() {
        store.close();
    }
}
