package io.cuttlestore.benchmarks.sqlite;

import io.cuttlestore.benchmarks.Place;
import io.cuttlestore.benchmarks.Workload;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** MapDB with the workload's entries in a file; it has durability {@code power} only. */
@State(Scope.Benchmark)
public class MapDb {
    final StoredMap map = StoredMap.mapDb(Place.newFolder().resolve("entries.db"));

    @Setup
    public void load() {
        map.putAll(Workload.entries(0));
    }

    @TearDown
    public void close() {
        map.close();
    }
}
