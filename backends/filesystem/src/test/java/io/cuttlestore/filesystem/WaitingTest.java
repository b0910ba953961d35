package io.cuttlestore.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.cuttlestore.Codec;
import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Payload;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.ScanRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Waiting in a folder")
@SuppressWarnings("try")
class WaitingTest {
    private Folder folder;
    private Backend backend;
    private FolderLock lock;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        folder = new Folder(temporary.resolve("store"));
        backend = folder.open();
        lock = FolderLock.share(folder.control("lock"));
    }

    @AfterEach
    void close() throws IOException {
        lock.close();
        backend.close();
    }

    private FolderLock.Held hold(String key) throws IOException {
        return lock.hold(FileNames.shardOf(FileNames.of(key)), Folder.soon(), new Gate("the test"));
    }

    private static Put putWithin(Duration timeout) {
        return new Put(
                Folder.key("k"), Payload.of(new byte[1]), Expiry.NEVER, Condition.ALWAYS, Deadline.after(timeout));
    }

    @Test
    @DisplayName("for a lock ends with the time limit, and nothing was done")
    void timeout() throws Exception {
        Folder.put(backend, "k", "before");
        try (FolderLock.Held held = hold("k")) {
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                long start = System.nanoTime();
                assertThatExceptionOfType(StoreTimeoutException.class)
                        .isThrownBy(() -> backend.execute(putWithin(Duration.ofMillis(100))))
                        .satisfies(e -> assertThat(e.isTransient()).isTrue());
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .isBetween(Duration.ofMillis(100), Duration.ofSeconds(2));
                assertThatExceptionOfType(StoreTimeoutException.class)
                        .isThrownBy(() -> backend.page(
                                new ScanRequest("", null, 10, true, Deadline.after(Duration.ofMillis(10)))));
            });
            writer.get();
            assertThat(Folder.get(backend, "k")).isEqualTo("before");
        }
        assertThat(folder.temporaryFiles()).isEmpty();
        assertThat(backend.execute(putWithin(Duration.ofSeconds(5)))).isTrue();
    }

    @Test
    @DisplayName("for a lock ends with an interrupt, whose flag stays set, and nothing was done")
    void interrupt() throws Exception {
        Folder.put(backend, "k", "before");
        AtomicReference<Boolean> flag = new AtomicReference<>();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread waiter = new Thread(() -> {
            try {
                Folder.delete(backend, "k");
            } catch (RuntimeException e) {
                failure.set(e);
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        try (FolderLock.Held held = hold("k")) {
            waiter.start();
            await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
            waiter.interrupt();
            waiter.join(5_000);
        }
        assertThat(failure.get()).isInstanceOf(StoreInterruptedException.class);
        assertThat(flag.get()).isTrue();
        assertThat(Folder.get(backend, "k")).isEqualTo("before");
        assertThat(Folder.delete(backend, "k")).isTrue();
    }

    @Test
    @DisplayName(
            "is not done where nothing has to be waited for: an interrupted thread reads and writes, and keeps its flag")
    void interruptedBefore() {
        Thread.currentThread().interrupt();
        Folder.put(backend, "k", "x".repeat(200_000), Expiry.after(Duration.ofHours(1)));
        assertThat(Folder.get(backend, "k")).hasSize(200_000);
        assertThat(Folder.keys(backend, "", 10)).containsExactly("k");
        assertThat(Folder.touch(backend, "k", Expiry.NEVER)).isTrue();
        assertThat(backend.execute(new Delete(Folder.key("k"), Condition.ALWAYS, true, Folder.soon()))
                        .deleted())
                .isTrue();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(folder.temporaryFiles()).isEmpty();
    }

    @Test
    @DisplayName("survives the power cut option and interrupts together")
    void interruptedPower() {
        try (Backend power = folder.open("?durability=power")) {
            Thread.currentThread().interrupt();
            Folder.put(power, "k", "v");
            assertThat(Folder.get(power, "k")).isEqualTo("v");
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    @DisplayName("ends when the backend is closed, and closing does not wait for the lock")
    void closeWhileWaiting() throws Exception {
        Backend other = folder.open();
        CompletableFuture<Void> waiting;
        try (FolderLock.Held held = hold("k")) {
            Thread waiter;
            AtomicReference<Thread> thread = new AtomicReference<>();
            waiting = CompletableFuture.runAsync(() -> {
                thread.set(Thread.currentThread());
                other.execute(putWithin(Duration.ofMinutes(5)));
            });
            await().until(() -> thread.get() != null && thread.get().getState() == Thread.State.TIMED_WAITING);
            long start = System.nanoTime();
            other.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
        }
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(waiting::get)
                .withCauseInstanceOf(IllegalStateException.class);
        assertThat(Folder.get(backend, "k")).isNull();
    }

    @Test
    @DisplayName("for calls that are stuck ends 3 seconds after closing; what they stand on is left to them")
    void closeWhileStuck() throws Exception {
        Backend stuck = folder.open();
        CountDownLatch inside = new CountDownLatch(1);
        CompletableFuture<byte[]> slowValue = new CompletableFuture<>();
        Payload slow = Payload.ofObject("v", new SlowCodec(inside, slowValue));
        CompletableFuture<Boolean> write = CompletableFuture.supplyAsync(() -> stuck.execute(
                new Put(Folder.key("k"), slow, Expiry.NEVER, Condition.ALWAYS, Deadline.after(Duration.ofMinutes(5)))));
        assertThat(inside.await(5, TimeUnit.SECONDS)).isTrue();
        long start = System.nanoTime();
        stuck.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(3_000 + 400));
        slowValue.complete(new byte[] {'v'});
        assertThat(write.get(5, TimeUnit.SECONDS)).isTrue();
        assertThat(Folder.get(backend, "k")).isEqualTo("v");
    }

    /** Encodes when it is told to. */
    private record SlowCodec(CountDownLatch asked, CompletableFuture<byte[]> bytes) implements Codec<String> {
        @Override
        public byte[] encode(String value) {
            asked.countDown();
            return bytes.join();
        }

        @Override
        public String decode(byte[] encoded) {
            return new String(encoded, StandardCharsets.UTF_8);
        }

        @Override
        public boolean shareable() {
            return true;
        }
    }

    @Test
    @DisplayName("is over after close: no handle is left, and every call is refused")
    void close(@TempDir Path temporary) throws IOException {
        Folder fresh = new Folder(temporary.resolve("closing"));
        Backend closing = fresh.open();
        Backend second = fresh.open();
        Folder.put(closing, "k", "v", Expiry.after(Duration.ofHours(1)));
        assertThat(handlesIn(fresh.path)).isPositive();
        closing.close();
        closing.close();
        Folder.put(second, "k", "w");
        second.close();
        assertThat(handlesIn(fresh.path)).isZero();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> Folder.get(closing, "k"));
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> Folder.put(closing, "k", "v"));
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> Folder.keys(closing, "", 10));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> closing.deleteExpired(1, Folder.soon()));
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> closing.ping(Folder.soon()));
        try (Backend again = fresh.open()) {
            assertThat(Folder.get(again, "k")).isEqualTo("w");
        }
    }

    private static long handlesIn(Path folder) throws IOException {
        String real = folder.toRealPath().toString();
        try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
            return handles.filter(handle -> {
                        try {
                            return Files.readSymbolicLink(handle).toString().startsWith(real);
                        } catch (IOException closedMeanwhile) {
                            return false;
                        }
                    })
                    .count();
        }
    }
}
