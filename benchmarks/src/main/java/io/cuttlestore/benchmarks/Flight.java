package io.cuttlestore.benchmarks;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** A thousand calls whose callers hold futures: all are made, then all are waited for. */
public final class Flight {
    /** How many calls are in flight at the same time. */
    public static final int CALLS = 1_000;

    private Flight() {}

    /** Makes the calls and returns when all have been answered. */
    public static void of(Supplier<? extends CompletionStage<?>> call) {
        CompletableFuture<?>[] replies = new CompletableFuture<?>[CALLS];
        for (int i = 0; i < CALLS; i++) {
            replies[i] = call.get().toCompletableFuture();
        }
        CompletableFuture.allOf(replies).join();
    }
}
