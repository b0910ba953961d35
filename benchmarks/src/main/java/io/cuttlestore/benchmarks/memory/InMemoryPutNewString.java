package io.cuttlestore.benchmarks.memory;

import io.cuttlestore.benchmarks.Turn;
import io.cuttlestore.benchmarks.Workload;
import org.openjdk.jmh.annotations.Benchmark;

/** As {@link InMemoryPut}, with the keys of {@link InMemoryGetNewString}. */
public class InMemoryPutNewString extends InMemoryPut {
    @Override
    String key(int i) {
        return Workload.newKey(i);
    }

    /** What the others spend on making the key. */
    @Benchmark
    public String keyOnly(InMemoryWork work, Turn turn) {
        return key(turn.next(Workload.KEYS));
    }
}
