package io.cuttlestore.benchmarks;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Writes of all keys, begun one after the other, of which none waits for the one before. */
@State(Scope.Benchmark)
public class AsyncRounds {
    private int round;

    /** Begins to write a new value for every key, and waits for all. */
    public void writeAll(BiFunction<String, String, CompletableFuture<?>> put) {
        round++;
        CompletableFuture<?>[] writes = new CompletableFuture<?>[Workload.KEYS];
        for (int i = 0; i < writes.length; i++) {
            writes[i] = put.apply(Workload.key(i), Workload.value(i, round));
        }
        CompletableFuture.allOf(writes).join();
    }
}
