package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.cuttlestore.AsyncCuttlestore;
import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Entry;
import io.cuttlestore.IllegalKeyException;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

abstract class AsyncRules extends Rules {
    private final FaultPlan faults = new FaultPlan();
    private final ExecutorService dependents =
            Executors.newCachedThreadPool(task -> new Thread(task, "dependent stages of the kit"));

    AsyncRules(CuttlestoreKit kit) {
        super(kit);
    }

    @AfterEach
    void endThreads() {
        faults.release();
        dependents.shutdownNow();
    }

    private Cuttlestore<String> faulty() {
        return closing(builder(url()).layer(faults).executor(dependents).connect())
                .store(String.class);
    }

    /** What a call fails with, at once or later. */
    private static Throwable failureOf(Callable<CompletableFuture<?>> call) {
        return catchThrowable(() -> Threads.result(call.call()));
    }

    @Test
    @DisplayName("futures carry what the blocking methods return")
    void mirror() throws Exception {
        AsyncCuttlestore<String> async = store().async();
        assertThat(async.get("k").get()).isEmpty();
        async.put("k", "v").get();
        assertThat(async.get("k").get()).hasValue("v");
        assertThat(async.contains("k").get()).isTrue();
        assertThat(async.entry("k").get().map(Entry::value)).hasValue("v");
        async.putAll(Map.of("l", "w", "m", "x")).get();
        assertThat(async.getAll(List.of("m", "missing", "k")).get().keySet()).containsExactly("m", "k");
        async.delete("k").get();
        async.deleteAll(List.of("l", "missing")).get();
        assertThat(store().getAll(List.of("k", "l", "m"))).containsOnlyKeys("m");
    }

    @Test
    @Needs(Capability.CONDITIONAL)
    @DisplayName("conditional writes work with futures")
    void conditionalWrites() throws Exception {
        AsyncCuttlestore<String> async = store().async();
        assertThat(async.putIfAbsent("k", "first").get()).isTrue();
        assertThat(async.putIfAbsent("k", "second").get()).isFalse();
        Version seen = async.entry("k").get().orElseThrow().version();
        assertThat(async.replace("k", seen, "third").get()).isTrue();
        assertThat(async.replace("k", seen, "fourth").get()).isFalse();
        assertThat(async.delete("k", seen).get()).isFalse();
        assertThat(async.update("k", old -> old.map(value -> value + "!")).get())
                .hasValue("third!");
        assertThat(async.computeIfAbsent("k", key -> "loaded").get()).isEqualTo("third!");
        assertThat(async.computeIfAbsent("l", key -> "loaded " + key).get()).isEqualTo("loaded l");
        assertThat(async.getAndDelete("k").get()).hasValue("third!");
        assertThat(async.getAndDelete("k").get()).isEmpty();
    }

    @Test
    @Needs(Capability.TTL)
    @DisplayName("deadlines work with futures")
    void deadlines() throws Exception {
        AsyncCuttlestore<String> async = store().async();
        async.put("k", "v", PutOptions.ttl(Duration.ofHours(1))).get();
        assertThat(expiry(store(), "k")).isPresent();
        assertThat(async.persist("k").get()).isTrue();
        assertThat(expiry(store(), "k")).isEmpty();
        assertThat(async.touch("k", Duration.ofHours(1)).get()).isTrue();
        assertThat(expiry(store(), "k")).isPresent();
        assertThat(async.touch("missing", Duration.ofHours(1)).get()).isFalse();
    }

    @Test
    @Needs(Capability.SCAN)
    @DisplayName("pages and clear work with futures")
    void scans() throws Exception {
        Cuttlestore<String> space = connection().store("a", String.class);
        space.putAll(Map.of("k", "v", "l", "v", "m", "v"));
        List<String> keys = new ArrayList<>();
        var page = space.async().page(ScanOptions.all().pageSize(1)).get();
        while (true) {
            page.entries().forEach(entry -> keys.add(entry.key()));
            if (page.next().isEmpty()) {
                break;
            }
            page = space.async()
                    .page(ScanOptions.all().pageSize(1).after(page.next().get()))
                    .get();
        }
        assertThat(keys.stream().distinct()).containsExactlyInAnyOrder("k", "l", "m");
        space.async().clear().get();
        assertThat(space.contains("k")).isFalse();
    }

    @Test
    @DisplayName("futures fail with what the blocking methods throw")
    void failures() {
        Cuttlestore<String> faulty = faulty();
        faults.failAt(1, () -> new StoreUnavailableException("injected"));
        assertThat(failureOf(() -> faulty.async().get("k"))).isInstanceOf(StoreUnavailableException.class);
        AsyncCuttlestore<String> async = faulty.async();
        assertThat(failureOf(() -> async.get(""))).isInstanceOf(IllegalKeyException.class);
        assertThat(failureOf(() -> async.put("\ud800", "v"))).isInstanceOf(IllegalKeyException.class);
        faulty.connection().close();
        assertThat(failureOf(() -> async.get("k"))).isInstanceOf(IllegalStateException.class);
        assertThat(failureOf(() -> async.put("k", "v"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("a value is encoded before the method returns: changing it afterwards changes nothing")
    void encodedAtOnce() throws Exception {
        Cuttlestore<Note> notes = closing(
                        builder(url()).layer(faults).executor(dependents).connect())
                .store(Note.CODEC);
        faults.hangAt(1);
        Note note = new Note("first");
        CompletableFuture<Void> written = notes.async().put("k", note);
        note.text = "changed";
        faults.release();
        written.get();
        assertThat(notes.get("k")).hasValue(new Note("first"));
    }

    @Test
    @DisplayName("cancelling abandons the wait, not the write")
    void cancellation() throws Exception {
        Cuttlestore<String> faulty = faulty();
        faults.hangAt(1);
        CompletableFuture<Void> written = faulty.async().put("k", "v");
        faults.awaitHanging();
        assertThat(written.cancel(true)).isTrue();
        assertThat(written).isCancelled();
        faults.release();
        await().untilAsserted(() -> assertThat(faulty.get("k")).hasValue("v"));
    }

    @Test
    @DisplayName("a call returns at once, also when the store is slow")
    void neverBlocks() throws Exception {
        Cuttlestore<String> faulty = faulty();
        faults.hangAt(1);
        CompletableFuture<Void> written = faulty.async().put("k", "v");
        faults.awaitHanging();
        assertThat(written).isNotDone();
        faults.release();
        written.get();
    }

    @Test
    @DisplayName("dependent stages run on the connection's executor, not on a thread that serves others")
    void dependentStages() throws Exception {
        Cuttlestore<String> faulty = faulty();
        faults.hangAt(1);
        CompletableFuture<Void> written = faulty.async().put("k", "v");
        CompletableFuture<String> thread =
                written.thenApply(nothing -> Thread.currentThread().getName());
        faults.awaitHanging();
        faults.release();
        assertThat(thread.get()).isEqualTo("dependent stages of the kit");
    }

    @Test
    @DisplayName("dependent stages that block hold nobody up")
    void blockedStages() throws Exception {
        Cuttlestore<String> faulty = faulty();
        CountDownLatch blocked = new CountDownLatch(1);
        Thread caller = Thread.currentThread();
        List<CompletableFuture<Void>> stages = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            stages.add(faulty.async().put("k" + i, "v").thenRun(() -> {
                if (Thread.currentThread() != caller) {
                    awaitQuietly(blocked);
                }
            }));
        }
        for (int i = 0; i < 50; i++) {
            assertThat(faulty.async().getAll(List.of("k" + i, "k")).get()).isNotNull();
            faulty.put("k" + i, "again");
        }
        blocked.countDown();
        for (CompletableFuture<Void> stage : stages) {
            stage.get();
        }
        assertThat(faulty.get("k49")).hasValue("again");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @DisplayName("many futures at a time all end with their own result")
    void manyFutures() throws Exception {
        AsyncCuttlestore<String> async = store().async();
        int calls = Effort.times(1_000);
        List<CompletableFuture<Void>> writes = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            writes.add(async.put("k" + i, "v" + i));
        }
        for (CompletableFuture<Void> write : writes) {
            write.get();
        }
        List<CompletableFuture<Optional<String>>> reads = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            reads.add(async.get("k" + i));
        }
        for (int i = 0; i < calls; i++) {
            assertThat(reads.get(i).get()).hasValue("v" + i);
        }
    }
}
