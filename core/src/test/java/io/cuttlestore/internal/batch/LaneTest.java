package io.cuttlestore.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Namespace;
import io.cuttlestore.spi.Payload;
import io.cuttlestore.spi.Put;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A lane")
class LaneTest {
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final Road road = Road.overMemory();
    private final Lane lane = new Lane(road, 1, true, Runnable::run);

    @AfterEach
    void close() {
        road.gate.release(1_000_000);
        callers.shutdownNow();
        road.close();
    }

    @Test
    @DisplayName("lets a lone caller travel on its own thread")
    void loneCaller() {
        road.gate.release();
        assertThat(lane.execute(put("k", "v"))).isTrue();
        assertThat(road.trips).containsExactly(List.of("k"));
        assertThat(road.threads).containsExactly(Thread.currentThread());
    }

    @Test
    @DisplayName("combines those who meet into one trip, in the order in which they came")
    void combines() throws Exception {
        List<Future<Boolean>> replies = meet("a", "b", "c", "d");
        road.gate.release(2);
        for (Future<Boolean> reply : replies) {
            assertThat(reply.get()).isTrue();
        }
        assertThat(road.trips).containsExactly(List.of("a"), List.of("b", "c", "d"));
    }

    @Test
    @DisplayName("never holds a key twice in a batch, and never overtakes on a key")
    void keysOnce() throws Exception {
        List<Future<Boolean>> replies = meet("a", "b", "a", "c", "b", "b");
        road.gate.release(4);
        for (Future<Boolean> reply : replies) {
            assertThat(reply.get()).isTrue();
        }
        assertThat(road.trips).containsExactly(List.of("a"), List.of("b", "a", "c"), List.of("b"), List.of("b"));
    }

    @Test
    @DisplayName("does not send what was interrupted while it waited, and restores the flag")
    void interruptedInQueue() throws Exception {
        List<Future<Boolean>> replies = meet("a");
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread waiting = new Thread(() -> {
            try {
                lane.execute(put("b", "v"));
            } catch (RuntimeException e) {
                failure.set(e);
            }
            flag.set(Thread.currentThread().isInterrupted());
        });
        waiting.start();
        await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
        waiting.interrupt();
        waiting.join();
        assertThat(failure.get()).isInstanceOf(StoreInterruptedException.class);
        assertThat(flag.get()).isTrue();
        road.gate.release(2);
        assertThat(replies.get(0).get()).isTrue();
        assertThat(road.trips).containsExactly(List.of("a"));
    }

    @Test
    @DisplayName("does not send what timed out while it waited")
    void timedOutInQueue() throws Exception {
        List<Future<Boolean>> replies = meet("a");
        assertThatExceptionOfType(StoreTimeoutException.class)
                .isThrownBy(() -> lane.execute(put("b", Deadline.after(Duration.ofMillis(50)))));
        road.gate.release(2);
        assertThat(replies.get(0).get()).isTrue();
        assertThat(road.trips).containsExactly(List.of("a"));
    }

    @Test
    @DisplayName("says that the outcome is unknown where another's trip outlasts the caller")
    void timedOutOnTheRoad() throws Exception {
        List<Future<Boolean>> replies = meet("a", "b");
        CompletableFuture<Boolean> impatient = CompletableFuture.supplyAsync(
                () -> lane.execute(put("c", Deadline.after(Duration.ofMillis(400)))), callers);
        await().until(() -> lane.waiting() == 2);
        road.gate.release();
        await().until(() -> road.underWay.contains(List.of("b", "c")));
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(impatient::join)
                .withCauseInstanceOf(OutcomeUnknownException.class);
        road.gate.release();
        assertThat(replies.get(1).get()).isTrue();
    }

    @Test
    @DisplayName("answers everybody when a trip breaks down, and goes on")
    void brokenTrip() throws Exception {
        List<Future<Boolean>> replies = meet("a", "b", "c");
        road.breakNext = true;
        road.gate.release(10);
        assertThat(replies.get(0).get()).isTrue();
        for (Future<Boolean> reply : replies.subList(1, 3)) {
            assertThatExceptionOfType(java.util.concurrent.ExecutionException.class)
                    .isThrownBy(reply::get);
        }
        assertThat(lane.execute(put("d", "v"))).isTrue();
    }

    @Test
    @DisplayName("fails the queue when it is closed")
    void closes() throws Exception {
        List<Future<Boolean>> replies = meet("a", "b");
        lane.close();
        assertThatExceptionOfType(java.util.concurrent.ExecutionException.class)
                .isThrownBy(() -> replies.get(1).get())
                .withCauseInstanceOf(IllegalStateException.class);
        road.gate.release();
        assertThat(replies.get(0).get()).isTrue();
    }

    @Test
    @DisplayName("loses nobody under load")
    void underLoad() throws Exception {
        road.gate.release(1_000_000);
        Lane wide = new Lane(road, 2, true, callers);
        List<Future<Integer>> done = new ArrayList<>();
        for (int t = 0; t < 16; t++) {
            int thread = t;
            done.add(callers.submit(() -> {
                int applied = 0;
                for (int i = 0; i < 2_000; i++) {
                    Condition condition = i % 2 == 0 ? Condition.IF_ABSENT : Condition.ALWAYS;
                    Put put = new Put(
                            Namespace.ROOT.key("k" + (i % 50) + "-" + thread % 4),
                            Payload.of(new byte[] {(byte) i}),
                            Expiry.NEVER,
                            condition,
                            Deadline.after(Duration.ofSeconds(20)));
                    applied += wide.execute(put) ? 1 : 0;
                }
                return applied;
            }));
        }
        int applied = 0;
        for (Future<Integer> future : done) {
            applied += future.get();
        }
        assertThat(applied).isBetween(16_000, 16_000 + 100);
        assertThat(wide.waiting()).isZero();
    }

    @Test
    @DisplayName("goes on when callers time out just as their turn comes")
    void timeoutsAtTheTurn() throws Exception {
        road.gate.release(1_000_000);
        Lane busy = new Lane(road, 2, true, callers);
        List<Future<?>> done = new ArrayList<>();
        for (int t = 0; t < 16; t++) {
            int thread = t;
            done.add(callers.submit(() -> {
                for (int i = 0; i < 3_000; i++) {
                    try {
                        busy.execute(put("k" + thread, Deadline.after(Duration.ofNanos(20_000L + i % 50 * 2_000L))));
                    } catch (StoreTimeoutException | OutcomeUnknownException tooLate) {
                        // meant to happen; what counts is that the lane goes on
                    }
                }
            }));
        }
        for (Future<?> future : done) {
            future.get();
        }
        for (int i = 0; i < 3; i++) {
            assertThat(busy.execute(put("afterwards", "v"))).isTrue();
        }
        assertThat(busy.freeTrips()).isEqualTo(2);
    }

    /** Starts a caller for each key, one after the other; the first is on the road when the second comes. */
    private List<Future<Boolean>> meet(String... keys) {
        List<Future<Boolean>> replies = new ArrayList<>();
        for (int i = 0; i < keys.length; i++) {
            Put put = put(keys[i], "v");
            replies.add(callers.submit(() -> lane.execute(put)));
            int queued = i;
            await().until(() -> lane.waiting() == queued && !road.underWay.isEmpty());
        }
        return replies;
    }

    private static Put put(String key, String value) {
        return put(key, Deadline.after(Duration.ofSeconds(20)));
    }

    private static Put put(String key, Deadline deadline) {
        return new Put(Namespace.ROOT.key(key), Payload.of(new byte[1]), Expiry.NEVER, Condition.ALWAYS, deadline);
    }
}
