package io.cuttlestore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody else holds the lock of the file. */
class ContentionTest extends SqliteTest {
    private Cuttlestore<String> store;
    private Connection other;
    private Statement lock;

    @BeforeEach
    void lock() throws Exception {
        store = Cuttlestore.builder(url()).timeout(Duration.ofMillis(200)).open(String.class);
        store.put("k", "old");
        other = DriverManager.getConnection("jdbc:sqlite:" + file());
        lock = other.createStatement();
        lock.execute("BEGIN IMMEDIATE");
    }

    @AfterEach
    void close() throws Exception {
        store.close();
        other.close();
    }

    @Test
    void writesTimeOutAndReadsGoOn() throws Exception {
        long begin = System.nanoTime();
        assertThatThrownBy(() -> store.put("k", "new"))
                .isInstanceOf(StoreTimeoutException.class)
                .hasMessageContaining("200 ms")
                .hasMessageContaining(file().toString());
        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(200), Duration.ofMillis(400));
        assertThat(store.get("k")).hasValue("old");
        assertThat(store.getAll(List.of("k", "x"))).isEqualTo(Map.of("k", "old"));
        lock.execute("ROLLBACK");
        store.put("k", "new");
        assertThat(store.get("k")).hasValue("new");
    }

    @Test
    void aWriteGoesThroughSoonAfterTheLockIsGone() throws Exception {
        Cuttlestore<String> patient = store.withTimeout(Duration.ofSeconds(60));
        CompletableFuture<Void> write = CompletableFuture.runAsync(() -> patient.put("k", "new"));
        lock.execute("UPDATE entry SET v = CAST('other' AS BLOB)");
        lock.execute("COMMIT");
        write.get(5, TimeUnit.SECONDS);
        assertThat(store.get("k")).hasValue("new");
    }

    @Test
    void anInterruptEndsTheWaitForAnotherProcess() throws Exception {
        assertThat(interrupted(() -> store.withTimeout(Duration.ofSeconds(60)).put("k", "new")))
                .isInstanceOf(StoreInterruptedException.class);
        lock.execute("ROLLBACK");
        assertThat(store.get("k")).hasValue("old");
    }

    @Test
    void anInterruptEndsTheWaitForAnotherThread() throws Exception {
        Cuttlestore<String> patient = store.withTimeout(Duration.ofSeconds(60));
        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> patient.put("k", "first"));
        assertThat(interrupted(() -> patient.put("k", "second"))).isInstanceOf(StoreInterruptedException.class);
        lock.execute("ROLLBACK");
        first.get(5, TimeUnit.SECONDS);
        assertThat(store.get("k")).hasValue("first");
    }

    /** Interrupts a call once it waits; returns what it throws, when its thread's flag is set again. */
    private static Throwable interrupted(Runnable call) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(() -> {
            try {
                call.run();
            } catch (RuntimeException e) {
                if (Thread.currentThread().isInterrupted()) {
                    thrown.set(e);
                }
            }
        });
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        thread.interrupt();
        thread.join();
        return thrown.get();
    }

    @Test
    void anInterruptDoesNotDisturbACallThatNeedNotWait() throws Exception {
        lock.execute("ROLLBACK");
        Thread.currentThread().interrupt();
        store.put("k", "new");
        assertThat(store.get("k")).hasValue("new");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void closingEndsWhatWaits() throws Exception {
        Cuttlestore<String> patient = store.withTimeout(Duration.ofSeconds(60));
        CompletableFuture<Void> write = CompletableFuture.runAsync(() -> patient.put("k", "new"));
        long begin = System.nanoTime();
        await().pollDelay(Duration.ofMillis(20)).until(() -> !write.isDone());
        store.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
        assertThatThrownBy(() -> write.get(5, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    void openingWaitsNoLongerThanItMay() throws Exception {
        store.close();
        lock.execute("ROLLBACK");
        lock.execute("PRAGMA locking_mode = EXCLUSIVE");
        lock.execute("BEGIN EXCLUSIVE");
        assertThatThrownBy(() -> Cuttlestore.open(url() + "?timeout=300ms", String.class))
                .isInstanceOf(StoreTimeoutException.class);
    }
}
