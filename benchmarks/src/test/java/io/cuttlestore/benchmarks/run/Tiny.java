package io.cuttlestore.benchmarks.run;

import org.openjdk.jmh.annotations.Benchmark;

/** Hardly anything, and something that fails. */
public class Tiny {
    @Benchmark
    public long cuttlestore() {
        return System.nanoTime();
    }

    @Benchmark
    public long raw() throws java.io.IOException {
        throw new java.io.IOException("No space left on device");
    }

    @Benchmark
    public long other() {
        return System.nanoTime();
    }
}
