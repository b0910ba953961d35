package io.cuttlestore.internal;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Cuttlestore;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Single flight")
class SingleFlightTest {
    private final ExecutorService callers = Executors.newFixedThreadPool(2);
    private final Cuttlestore<String> store = Cuttlestore.open("in-memory", String.class);

    @AfterEach
    void close() {
        callers.shutdownNow();
        store.close();
    }

    @Test
    @DisplayName("gives waiters what the loader threw, even a checked exception")
    void checkedException() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(1);
        Future<String> loader = callers.submit(() -> store.computeIfAbsent("k", key -> {
            loading.countDown();
            await(waiting);
            throw SingleFlightTest.<RuntimeException>sneak(new IOException("the disk is gone"));
        }));
        await(loading);
        Thread[] waiter = new Thread[1];
        Future<String> waited = callers.submit(() -> {
            waiter[0] = Thread.currentThread();
            return store.computeIfAbsent("k", key -> "not loaded");
        });
        while (waiter[0] == null || waiter[0].getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        waiting.countDown();
        assertThatThrownBy(() -> loader.get(3, SECONDS)).hasRootCauseMessage("the disk is gone");
        assertThatThrownBy(() -> waited.get(3, SECONDS)).hasRootCauseMessage("the disk is gone");
    }

    @Test
    @DisplayName("completes a future with a checked exception too")
    void checkedExceptionOfFuture() {
        Future<String> future = store.async().computeIfAbsent("k", key -> {
            throw SingleFlightTest.<RuntimeException>sneak(new IOException("the disk is gone"));
        });
        assertThatThrownBy(() -> future.get(3, SECONDS)).hasRootCauseMessage("the disk is gone");
    }

    @Test
    @DisplayName("sees no circle in a load that has ended")
    void noFalseCircle() throws Exception {
        CyclicBarrier round = new CyclicBarrier(2);
        int rounds = 20_000;
        Future<?> nested = callers.submit(() -> {
            for (int i = 0; i < rounds; i++) {
                String inner = "inner" + i;
                round.await();
                store.computeIfAbsent("outer" + i, key -> store.computeIfAbsent(inner, k -> "v"));
            }
            return null;
        });
        Future<?> oneAfterTheOther = callers.submit(() -> {
            for (int i = 0; i < rounds; i++) {
                round.await();
                store.computeIfAbsent("inner" + i, key -> "v");
                store.computeIfAbsent("outer" + i, key -> "v");
            }
            return null;
        });
        assertThat(oneAfterTheOther.get(60, SECONDS)).isNull();
        assertThat(nested.get(60, SECONDS)).isNull();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> Error sneak(Throwable checked) throws E {
        throw (E) checked;
    }
}
