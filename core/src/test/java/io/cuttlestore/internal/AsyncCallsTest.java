package io.cuttlestore.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.Cuttlestore;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A stage that depends on a future")
class AsyncCallsTest {
    @Test
    @DisplayName("does not run on a thread that serves calls, even if the executor rejects it")
    void rejected() throws Exception {
        CountDownLatch attached = new CountDownLatch(1);
        try (Cuttlestore<String> store = Cuttlestore.builder("in-memory")
                .executor(task -> {
                    throw new RejectedExecutionException("full");
                })
                .open(String.class)) {
            CompletableFuture<String> thread = store.async()
                    .update("k", absent -> {
                        await(attached);
                        return Optional.of("v");
                    })
                    .thenApply(value -> Thread.currentThread().getName());
            attached.countDown();
            assertThat(thread.get(10, TimeUnit.SECONDS)).doesNotContain("cuttlestore");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
