package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.UnsupportedCapabilityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Needs(Capability.CONDITIONAL)
abstract class SingleFlightRules extends Rules {
    private static final int THREADS = 6;

    private final AtomicInteger loads = new AtomicInteger();
    private final CountDownLatch loading = new CountDownLatch(1);
    private final CountDownLatch mayFinish = new CountDownLatch(1);

    SingleFlightRules(CuttlestoreKit kit) {
        super(kit);
    }

    /** A task on a thread of its own. */
    private static <R> FutureTask<R> start(Callable<R> task) {
        FutureTask<R> future = new FutureTask<>(task);
        new Thread(future, "a caller of the kit").start();
        return future;
    }

    /** Loads slowly: says that it has begun, and ends when it may. */
    private String slowly(String key) {
        loads.incrementAndGet();
        loading.countDown();
        try {
            mayFinish.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return "loaded " + key;
    }

    /** Waits until the loader of this call runs; what the call fails with before that is thrown. */
    private void awaitLoading(FutureTask<String> call) throws Exception {
        await().until(() -> loading.getCount() == 0 || call.isDone());
        if (call.isDone()) {
            Threads.result(call);
        }
    }

    /** A caller of {@code computeIfAbsent} that has begun to wait for the loader of another. */
    private final class Waiter {
        private final FutureTask<String> result;
        private final Thread thread;

        Waiter(Cuttlestore<String> store, String key) {
            result = new FutureTask<>(() -> store.computeIfAbsent(key, SingleFlightRules.this::slowly));
            thread = new Thread(result, "a waiter of the kit");
            thread.start();
            await().until(() -> thread.getState() == Thread.State.TIMED_WAITING
                    || thread.getState() == Thread.State.WAITING
                    || result.isDone());
        }
    }

    private List<Waiter> waiters(String key) {
        List<Waiter> waiters = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            waiters.add(new Waiter(store(), key));
        }
        return waiters;
    }

    @Test
    @DisplayName(
            "the loader runs where there is nothing, and its value is stored; it does not run where there is something")
    void loadsOnce() {
        assertThat(store().computeIfAbsent("k", key -> "loaded " + key)).isEqualTo("loaded k");
        assertThat(store().get("k")).hasValue("loaded k");
        assertThat(store().computeIfAbsent("k", key -> {
                    throw new AssertionError("the loader of a key that is there");
                }))
                .isEqualTo("loaded k");
    }

    @Test
    @DisplayName("one loader runs per key; all callers get what it made")
    void oneLoader() throws Exception {
        FutureTask<String> first = start(() -> store().computeIfAbsent("k", this::slowly));
        awaitLoading(first);
        List<Waiter> waiters = waiters("k");
        mayFinish.countDown();
        assertThat(first.get()).isEqualTo("loaded k");
        for (Waiter waiter : waiters) {
            assertThat(waiter.result.get()).isEqualTo("loaded k");
        }
        assertThat(loads).hasValue(1);
    }

    @Test
    @DisplayName("a stampede of callers runs the loader once")
    void stampede() throws Exception {
        for (int round = 0; round < Effort.times(50); round++) {
            AtomicInteger runs = new AtomicInteger();
            String key = "k" + round;
            List<String> results = Threads.together(
                    THREADS, thread -> () -> store().computeIfAbsent(key, k -> "load " + runs.incrementAndGet()));
            assertThat(results).containsOnly("load 1");
            assertThat(runs).hasValue(1);
        }
    }

    @Test
    @DisplayName("connections to the same store share the loader, where there may be several")
    void acrossConnections() throws Exception {
        FutureTask<String> first = start(() -> store().computeIfAbsent("k", this::slowly));
        awaitLoading(first);
        Waiter waiter = new Waiter(otherConnection().store(String.class), "k");
        mayFinish.countDown();
        assertThat(first.get()).isEqualTo("loaded k");
        assertThat(waiter.result.get()).isEqualTo("loaded k");
        assertThat(loads).hasValue(1);
    }

    @Test
    @DisplayName("the loader's exception reaches the caller and all waiters, and the next call loads again")
    void exceptions() throws Exception {
        IllegalArgumentException failure = new IllegalArgumentException("the loader failed");
        FutureTask<String> first = start(() -> store().computeIfAbsent("k", key -> {
            slowly(key);
            throw failure;
        }));
        awaitLoading(first);
        List<Waiter> waiters = waiters("k");
        mayFinish.countDown();
        assertThat(catchThrowable(() -> Threads.result(first))).isSameAs(failure);
        for (Waiter waiter : waiters) {
            assertThat(catchThrowable(() -> Threads.result(waiter.result)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("the loader failed");
        }
        assertThat(store().contains("k")).isFalse();
        assertThat(store().computeIfAbsent("k", key -> "second try")).isEqualTo("second try");
    }

    @Test
    @DisplayName("a loader that asks for its own key is IllegalStateException, and the key can be loaded afterwards")
    void recursion() {
        assertThatThrownBy(() -> store().computeIfAbsent("k", key -> store().computeIfAbsent("k", again -> "never")))
                .isInstanceOf(IllegalStateException.class);
        assertThat(store().contains("k")).isFalse();
        assertThat(store().computeIfAbsent("k", key -> "v")).isEqualTo("v");
    }

    @Test
    @DisplayName("a loader may load other keys, and the same key of another namespace")
    void nesting() {
        Cuttlestore<String> space = connection().store("a", String.class);
        assertThat(store().computeIfAbsent(
                                "k",
                                key -> "outer of "
                                        + store().computeIfAbsent("l", l -> "inner")
                                        + " and "
                                        + space.computeIfAbsent("k", k -> "other")))
                .isEqualTo("outer of inner and other");
        assertThat(store().get("l")).hasValue("inner");
        assertThat(space.get("k")).hasValue("other");
    }

    @Test
    @DisplayName("loaders that wait for each other in a circle are no deadlock: one is refused, the others end")
    void cycles() {
        CyclicBarrier bothLoading = new CyclicBarrier(2);
        long begin = System.nanoTime();
        FutureTask<String> first = start(() -> store().computeIfAbsent("a", key -> {
            meet(bothLoading);
            return store().computeIfAbsent("b", b -> "b by the first");
        }));
        FutureTask<String> second = start(() -> store().computeIfAbsent("b", key -> {
            meet(bothLoading);
            return store().computeIfAbsent("a", a -> "a by the second");
        }));
        Throwable ofFirst = catchThrowable(() -> Threads.result(first));
        Throwable ofSecond = catchThrowable(() -> Threads.result(second));
        assertThat(ofFirst != null || ofSecond != null)
                .as("a circle was refused")
                .isTrue();
        for (Throwable failure : new Throwable[] {ofFirst, ofSecond}) {
            if (failure instanceof UnsupportedCapabilityException refusal) {
                throw refusal;
            }
            if (failure != null) {
                assertThat(failure).isInstanceOf(IllegalStateException.class);
            }
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("a waiter whose time is up gets a transient timeout; the loader goes on")
    void impatience() throws Exception {
        FutureTask<String> first = start(() -> store().computeIfAbsent("k", this::slowly));
        awaitLoading(first);
        Cuttlestore<String> impatient = store().withTimeout(Duration.ofMillis(100));
        assertThatThrownBy(() -> impatient.computeIfAbsent("k", key -> "never"))
                .isInstanceOfSatisfying(
                        StoreTimeoutException.class,
                        e -> assertThat(e.isTransient()).isTrue());
        mayFinish.countDown();
        assertThat(first.get()).isEqualTo("loaded k");
        assertThat(impatient.computeIfAbsent("k", key -> "never")).isEqualTo("loaded k");
    }

    @Test
    @DisplayName("an interrupted waiter gets StoreInterruptedException with the flag set; the loader goes on")
    void interruptedWaiter() throws Exception {
        FutureTask<String> first = start(() -> store().computeIfAbsent("k", this::slowly));
        awaitLoading(first);
        AtomicInteger flag = new AtomicInteger(-1);
        FutureTask<Throwable> outcome = new FutureTask<>(() -> {
            Throwable failure = catchThrowable(() -> store().computeIfAbsent("k", key -> "never"));
            flag.set(Thread.currentThread().isInterrupted() ? 1 : 0);
            return failure;
        });
        Thread waiter = new Thread(outcome, "a waiter of the kit");
        waiter.start();
        await().until(() -> waiter.getState() == Thread.State.TIMED_WAITING);
        waiter.interrupt();
        assertThat(outcome.get()).isInstanceOf(StoreInterruptedException.class);
        assertThat(flag).hasValue(1);
        mayFinish.countDown();
        assertThat(first.get()).isEqualTo("loaded k");
    }

    @Test
    @DisplayName("a loader may take longer than the time limit of a trip")
    void patienceWithTheLoader() {
        Cuttlestore<String> hasty = store().withTimeout(Duration.ofMillis(50));
        assertThat(hasty.computeIfAbsent("k", key -> {
                    await().pollDelay(Duration.ofMillis(150)).until(() -> true);
                    return "slow";
                }))
                .isEqualTo("slow");
    }

    @Test
    @DisplayName("while a key is loaded, other keys and plain calls go on")
    void othersGoOn() throws Exception {
        FutureTask<String> first = start(() -> store().computeIfAbsent("k", this::slowly));
        awaitLoading(first);
        assertThat(store().computeIfAbsent("other", key -> "v")).isEqualTo("v");
        assertThat(store().get("k")).isEmpty();
        store().put("k", "written meanwhile");
        assertThat(store().get("k")).hasValue("written meanwhile");
        mayFinish.countDown();
        assertThat(first.get()).as("the writer was faster").isEqualTo("written meanwhile");
        assertThat(store().get("k")).hasValue("written meanwhile");
    }

    @Test
    @SuppressWarnings("NullAway") // that null is refused is the point
    @DisplayName("a loader that returns null is NullPointerException, and nothing is stored")
    void nullFromTheLoader() {
        assertThatThrownBy(() -> store().computeIfAbsent("k", key -> null)).isInstanceOf(NullPointerException.class);
        assertThat(store().contains("k")).isFalse();
    }

    @Test
    @DisplayName("callers of one load get copies of their own of a mutable value")
    void copies() throws Exception {
        Cuttlestore<Note> notes = connection().store(Note.CODEC);
        List<Note> results = Threads.together(THREADS, thread -> () -> notes.computeIfAbsent("k", Note::new));
        assertThat(results).containsOnly(new Note("k"));
        Set<Note> copies = Collections.newSetFromMap(new IdentityHashMap<>());
        copies.addAll(results);
        assertThat(copies).hasSize(THREADS);
    }
}
