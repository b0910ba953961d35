package io.cuttlestore.benchmarks.memory;

import io.cuttlestore.benchmarks.Turn;
import io.cuttlestore.benchmarks.Workload;
import org.openjdk.jmh.annotations.Benchmark;

/**
 * As {@link InMemoryGet}, with keys that are equal to those stored but not the same objects, as keys from a request are: each is
 * cut out of a text, so nobody has hashed it yet.
 */
public class InMemoryGetNewString extends InMemoryGet {
    @Override
    String key(int i) {
        return Workload.newKey(i);
    }

    /** What the others spend on making the key. */
    @Benchmark
    public String keyOnly(InMemoryWork work, Turn turn) {
        return key(turn.next(2 * Workload.KEYS));
    }
}
