package io.cuttlestore.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Namespace;
import io.cuttlestore.spi.Payload;
import io.cuttlestore.spi.Put;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A lane")
class LaneTest {
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final Road road = Road.overMemory();
    private final BlockingLane lane = new BlockingLane(road, 1, true, Runnable::run);

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

    @ParameterizedTest
    @MethodSource("breakdowns")
    @DisplayName("answers everybody when a trip breaks down, and goes on")
    void brokenTrip(Throwable breakdown, Class<? extends Throwable> expected) throws Exception {
        List<Future<Boolean>> replies = meet("a", "b", "c");
        road.breakdown = breakdown;
        road.gate.release(10);
        assertThat(replies.get(0).get()).isTrue();
        for (Future<Boolean> reply : replies.subList(1, 3)) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(reply::get)
                    .withCauseInstanceOf(expected);
        }
        assertThat(lane.execute(put("d", "v"))).isTrue();
    }

    static Stream<Arguments> breakdowns() {
        return Stream.of(
                arguments(new AssertionError("broken on purpose"), OutcomeUnknownException.class),
                arguments(new IOException("undeclared, as other JVM languages allow"), OutcomeUnknownException.class),
                arguments(new IllegalStateException("closed"), IllegalStateException.class));
    }

    @Test
    @DisplayName("sends again what was not carried out only because its leader had no time left")
    void leaderWithoutTime() throws Exception {
        road.polite = true;
        List<Future<Boolean>> replies = meet("a");
        Future<Boolean> hasty =
                callers.submit(() -> lane.execute(put("hasty", Deadline.after(Duration.ofMillis(400)))));
        await().until(() -> lane.waiting() == 1);
        Future<Boolean> patient = callers.submit(() -> lane.execute(put("patient", "v")));
        await().until(() -> lane.waiting() == 2);
        road.gate.release();
        await().until(() -> road.underWay.contains(List.of("hasty", "patient")));
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(hasty::get)
                .withCauseInstanceOf(StoreTimeoutException.class);
        road.gate.release();
        assertThat(patient.get()).isTrue();
        assertThat(replies.get(0).get()).isTrue();
        assertThat(road.trips).containsExactly(List.of("a"), List.of("patient"));
    }

    @Test
    @DisplayName("fails nobody but the leader when the leader is interrupted on the road")
    void interruptedLeader() throws Exception {
        road.polite = true;
        List<Future<Boolean>> replies = meet("a");
        AtomicReference<@Nullable Thread> leader = new AtomicReference<>();
        Future<Boolean> interrupted = callers.submit(() -> {
            leader.set(Thread.currentThread());
            return lane.execute(put("interrupted", "v"));
        });
        await().until(() -> lane.waiting() == 1);
        Future<Boolean> other = callers.submit(() -> lane.execute(put("other", "v")));
        await().until(() -> lane.waiting() == 2);
        road.gate.release();
        await().until(() -> road.underWay.contains(List.of("interrupted", "other")));
        leader.get().interrupt();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(interrupted::get)
                .withCauseInstanceOf(StoreInterruptedException.class);
        road.gate.release();
        assertThat(other.get()).isTrue();
        assertThat(replies.get(0).get()).isTrue();
    }

    @Test
    @DisplayName("does not wait for a thread that an error took away")
    void lostThread() throws Exception {
        List<Future<Boolean>> replies = meet("a");
        AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
        Future<Boolean> lost = callers.submit(() -> {
            thread.set(Thread.currentThread());
            return lane.execute(put("lost", "v"));
        });
        await().until(() -> lane.waiting() == 1);
        road.unnamed = new StackOverflowError("thrown on purpose");
        thread.get().interrupt();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(lost::get)
                .withCauseInstanceOf(StackOverflowError.class);
        road.gate.release(2);
        assertThat(replies.get(0).get()).isTrue();
        await().until(() -> lane.freeTrips() == 1);
        assertThat(lane.execute(put("b", "v"))).isTrue();
    }

    @Test
    @DisplayName("fails the queue when it is closed, and whoever comes later")
    void closes() throws Exception {
        List<Future<Boolean>> replies = meet("a", "b");
        lane.close();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> replies.get(1).get())
                .withCauseInstanceOf(IllegalStateException.class);
        Put late = put("late", Deadline.after(Duration.ofSeconds(3)));
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> lane.execute(late));
        road.gate.release();
        assertThat(replies.get(0).get()).isTrue();
    }

    @Test
    @DisplayName("loses nobody under load")
    void underLoad() throws Exception {
        road.gate.release(1_000_000);
        BlockingLane wide = new BlockingLane(road, 2, true, callers);
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
        BlockingLane busy = new BlockingLane(road, 2, true, callers);
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
