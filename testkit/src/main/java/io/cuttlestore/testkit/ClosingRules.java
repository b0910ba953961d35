package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

abstract class ClosingRules extends Rules {
    private static final Duration BOUND = Duration.ofSeconds(5);

    ClosingRules(CuttlestoreKit kit) {
        super(kit);
    }

    @Test
    @DisplayName("closing twice is fine, for connections and for stores")
    void idempotent() {
        store().close();
        store().close();
        connection().close();
        connection().close();
    }

    @Test
    @DisplayName("every call on a closed connection is IllegalStateException")
    void closedConnection() {
        store().put("k", "v");
        Version version = store().entry("k").orElseThrow().version();
        connection().close();
        assertThatThrownBy(() -> connection().ping()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> connection().store(String.class)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> connection().store("a", String.class)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> connection().unwrap(Object.class)).isInstanceOf(IllegalStateException.class);
        if (has(Capability.SCAN)) {
            assertThatThrownBy(() -> connection().eraseAll()).isInstanceOf(IllegalStateException.class);
        }
        for (ThrowingCallable call : everyCall(store(), version)) {
            assertThatThrownBy(call).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    @DisplayName("closing a store that came from a connection closes that view only")
    void closingAView() {
        Cuttlestore<String> view = connection().store(String.class);
        view.put("k", "v");
        Version version = view.entry("k").orElseThrow().version();
        view.close();
        for (ThrowingCallable call : everyCall(view, version)) {
            assertThatThrownBy(call).isInstanceOf(IllegalStateException.class);
        }
        assertThat(store().get("k")).hasValue("v");
        connection().ping();
    }

    @Test
    @DisplayName("a store from open owns its connection, views of it don't")
    void owningStore() {
        Cuttlestore<String> owner = closing(builder(url()).open(String.class));
        CuttlestoreConnection owned = owner.connection();
        Cuttlestore<String> other = owned.store(String.class);
        owner.put("k", "v");
        owner.withTimeout(Duration.ofSeconds(1)).close();
        other.close();
        assertThat(owner.get("k")).hasValue("v");
        owner.close();
        assertThatThrownBy(owned::ping).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> owner.get("k")).isInstanceOf(IllegalStateException.class);
    }

    private List<ThrowingCallable> everyCall(Cuttlestore<String> store, Version version) {
        List<ThrowingCallable> calls = new ArrayList<>(List.of(
                () -> store.get("k"),
                () -> store.entry("k"),
                () -> store.contains("k"),
                () -> store.put("k", "v"),
                () -> store.delete("k"),
                () -> store.getAll(List.of("k")),
                () -> store.putAll(Map.of("k", "v")),
                () -> store.deleteAll(List.of("k")),
                () -> store.async().get("k")));
        if (has(Capability.CONDITIONAL)) {
            calls.addAll(List.of(
                    () -> store.putIfAbsent("k", "v"),
                    () -> store.replace("k", version, "v"),
                    () -> store.delete("k", version),
                    () -> store.getAndDelete("k"),
                    () -> store.update("k", seen -> Optional.of("v")),
                    () -> store.computeIfAbsent("k", key -> "v")));
        }
        if (has(Capability.TTL)) {
            calls.addAll(List.of(() -> store.touch("k", BOUND), () -> store.persist("k")));
        }
        if (has(Capability.SCAN)) {
            calls.addAll(List.of(
                    () -> store.scan().toList(),
                    () -> store.keys(ScanOptions.all()).toList(),
                    () -> store.page(ScanOptions.all()),
                    store::clear));
        }
        return calls;
    }

    @Test
    @DisplayName("closing leaves no thread behind")
    void noThreadIsLeft() {
        use(kit.freshStore());
        Set<Thread> before = liveThreads();
        use(kit.freshStore());
        await("threads that began with the connection must have ended")
                .pollInSameThread()
                .atMost(BOUND)
                .untilAsserted(() -> assertThat(liveThreads()).isSubsetOf(before));
    }

    private void use(String url) {
        try (CuttlestoreConnection connection = builder(url).connect()) {
            Cuttlestore<String> store = connection.store(String.class);
            store.put("k", "v");
            store.async().get("k").join();
            store.getAll(List.of("k", "l"));
        }
    }

    /** All threads but those that the JVM keeps for everybody and ends by itself. */
    private static Set<Thread> liveThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("ForkJoinPool.commonPool"))
                .filter(thread -> !thread.getName().startsWith("CompletableFutureDelayScheduler"))
                .filter(thread -> thread.getThreadGroup() != null
                        && !thread.getThreadGroup().getName().equals("InnocuousThreadGroup")
                        && !thread.getThreadGroup().getName().equals("system"))
                .collect(Collectors.toSet());
    }

    @Test
    @DisplayName(
            "a connection that is closed in the middle of work closes within 5 seconds; each call succeeds or is refused")
    void closingAmidstWork() throws Exception {
        Map<String, String> acknowledged = new ConcurrentHashMap<>();
        CountDownLatch working = new CountDownLatch(40);
        CuttlestoreConnection connection = connection();
        Cuttlestore<String> store = store();
        List<Duration> times = Threads.together(5, thread -> () -> {
            if (thread == 0) {
                working.await();
                long begin = System.nanoTime();
                connection.close();
                return Duration.ofNanos(System.nanoTime() - begin);
            }
            for (int i = 0; ; i++) {
                String key = thread + "/" + i;
                Throwable failure = catchThrowable(() -> store.put(key, "v"));
                if (failure != null) {
                    assertThat(failure).isInstanceOfAny(IllegalStateException.class, CuttlestoreException.class);
                    return Duration.ZERO;
                }
                acknowledged.put(key, "v");
                working.countDown();
            }
        });
        assertThat(times.get(0)).isLessThan(BOUND);
        if (has(Capability.DURABLE)) {
            Cuttlestore<String> reopened = connect(url()).store(String.class);
            assertThat(reopened.getAll(acknowledged.keySet())).isEqualTo(acknowledged);
        }
    }

    @Test
    @DisplayName("a store can be opened and closed again and again")
    void manyTimes() {
        for (int i = 0; i < 20; i++) {
            String url = url();
            try (CuttlestoreConnection connection = builder(url).connect()) {
                Cuttlestore<String> store = connection.store(String.class);
                if (i > 0 && has(Capability.DURABLE)) {
                    assertThat(store.get("k")).hasValue("v" + (i - 1));
                }
                store.put("k", "v" + i);
            }
        }
    }
}
