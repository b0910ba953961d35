package io.cuttlestore.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.Codec;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendLayer;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A stage that depends on a future")
class AsyncCallsTest {
    @ParameterizedTest
    @MethodSource("unhelpful")
    @DisplayName("does not run on a thread that makes trips, whatever the executor does")
    void neverOnTheRoad(Executor executor) throws Exception {
        CountDownLatch attached = new CountDownLatch(1);
        try (Cuttlestore<String> store = Cuttlestore.builder("in-memory")
                .layer(backend -> new Gate(backend, attached))
                .executor(executor)
                .open(String.class)) {
            CompletableFuture<String> thread = store.async()
                    .put("k", "v")
                    .thenApply(written -> Thread.currentThread().getName());
            attached.countDown();
            assertThat(thread.get(10, TimeUnit.SECONDS)).doesNotContain("cuttlestore");
            store.async().put("k", "w").get(10, TimeUnit.SECONDS);
        }
    }

    static Stream<Executor> unhelpful() {
        return Stream.of(Runnable::run, task -> {
            throw new UnsupportedOperationException("thrown on purpose");
        });
    }

    @Test
    @DisplayName("gets what a codec throws, be it undeclared")
    void undeclared() {
        Codec<String> broken = new Codec<>() {
            @Override
            public byte[] encode(String value) {
                return new byte[1];
            }

            @Override
            public String decode(byte[] bytes) {
                throw AsyncCallsTest.<RuntimeException>sneaky(new IOException("undeclared"));
            }

            @Override
            public boolean shareable() {
                return false;
            }
        };
        try (Cuttlestore<String> store =
                Cuttlestore.builder("in-memory://?copy=always").open(broken)) {
            store.put("k", "v");
            assertThat(store.async().get("k")).isCompletedExceptionally();
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T sneaky(Throwable e) throws T {
        throw (T) e;
    }

    /** Holds trips back until a latch opens. */
    private static final class Gate extends BackendLayer {
        private final CountDownLatch open;

        Gate(Backend inner, CountDownLatch open) {
            super(inner);
            this.open = open;
        }

        @Override
        public <R extends @Nullable Object> R execute(Command<R> command) {
            await(open);
            return inner().execute(command);
        }

        @Override
        public void executeAll(List<? extends Call<?>> calls) {
            await(open);
            inner().executeAll(calls);
        }

        @Override
        public ScanPage page(ScanRequest request) {
            return inner().page(request);
        }
    }

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
