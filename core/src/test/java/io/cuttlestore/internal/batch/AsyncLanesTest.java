package io.cuttlestore.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.codec.Codecs;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Namespace;
import io.cuttlestore.spi.Payload;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.Trips;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Lanes for callers who hold futures")
class AsyncLanesTest {
    private final ExecutorService leaders = Executors.newFixedThreadPool(4);
    private final ExecutorService completions = Executors.newFixedThreadPool(2);
    private final Road road = Road.overMemory();
    private final AsyncLanes lanes = new AsyncLanes(road, leaders, completions);

    @AfterEach
    void close() {
        road.gate.release(1_000_000);
        leaders.shutdownNow();
        completions.shutdownNow();
        road.close();
    }

    @Test
    @DisplayName("carry out what is on one key in the order of the calls, across reads and writes")
    void orderOfAKey() {
        List<CompletableFuture<String>> replies = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            put("k", "value " + i);
            replies.add(get("k"));
        }
        road.gate.release(1_000_000);
        for (int i = 0; i < 100; i++) {
            assertThat(replies.get(i).join()).isEqualTo("value " + i);
        }
        await().until(lanes::isIdle);
    }

    @Test
    @DisplayName("make one trip for many commands")
    void combine() {
        List<CompletableFuture<Boolean>> replies = new ArrayList<>();
        replies.add(put("first", "v"));
        await().until(() -> !road.underWay.isEmpty());
        for (int i = 0; i < 200; i++) {
            replies.add(put("k" + i, "v"));
        }
        road.gate.release(1_000_000);
        replies.forEach(reply -> assertThat(reply.join()).isTrue());
        assertThat(road.trips).hasSize(2);
    }

    @Test
    @DisplayName("spread commands over the threads where sharing trips gains nothing, and keep the order on a key")
    void spread() {
        road.sharing = Trips.ALONE;
        AsyncLanes spreading = new AsyncLanes(road, leaders, completions);
        List<CompletableFuture<Boolean>> replies = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Deadline deadline = Deadline.after(Duration.ofSeconds(20));
            replies.add(submit(spreading, "k" + i, "v", deadline));
            replies.add(submit(spreading, "k", "value " + i, deadline));
        }
        await().until(() -> road.underWay.size() == 4);
        road.gate.release(1_000_000);
        replies.forEach(reply -> assertThat(reply.join()).isTrue());
        assertThat(road.trips).allSatisfy(trip -> assertThat(trip).hasSizeLessThanOrEqualTo(16));
        assertThat(get("k").join()).isEqualTo("value 99");
        await().until(spreading::isIdle);
    }

    @Test
    @DisplayName("do not send what was cancelled or overdue while it waited")
    void cancelledAndOverdue() {
        CompletableFuture<Boolean> first = put("first", "v");
        await().until(() -> !road.underWay.isEmpty());
        CompletableFuture<Boolean> cancelled = put("cancelled", "v");
        CompletableFuture<Boolean> overdue = put("overdue", Deadline.after(Duration.ofMillis(1)));
        cancelled.cancel(false);
        await().until(() -> {
            lanes.tick();
            return overdue.isDone();
        });
        road.gate.release(1_000_000);
        assertThat(first.join()).isTrue();
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(overdue::join)
                .withCauseInstanceOf(StoreTimeoutException.class);
        await().until(lanes::isIdle);
        assertThat(road.trips).containsExactly(List.of("first"));
    }

    @Test
    @DisplayName("complete futures on the application's executor, never on a thread that makes trips")
    void completions() {
        road.gate.release(1_000_000);
        for (int i = 0; i < 100; i++) {
            Thread stage = put("k" + i, "v")
                    .thenApply(written -> Thread.currentThread())
                    .join();
            assertThat(road.threads).doesNotContain(stage);
        }
    }

    @Test
    @DisplayName("fail what waits behind others on its key when its time is over")
    void overdueBehindItsKey() {
        CompletableFuture<Boolean> first = put("k", "v");
        CompletableFuture<Boolean> overdue = put("k", Deadline.after(Duration.ofMillis(1)));
        CompletableFuture<String> last = get("k");
        await().until(() -> {
            lanes.tick();
            return overdue.isDone();
        });
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(overdue::join)
                .withCauseInstanceOf(StoreTimeoutException.class);
        road.gate.release(1_000_000);
        assertThat(first.join()).isTrue();
        assertThat(last.join()).isEqualTo("v");
        await().until(lanes::isIdle);
        assertThat(road.trips).containsExactly(List.of("k"), List.of("k"));
    }

    @Test
    @DisplayName("say that the outcome is unknown when a trip outlasts a call, which still keeps its place on its key")
    void unanswered() {
        CompletableFuture<Boolean> first = put("first", "v");
        await().until(() -> !road.underWay.isEmpty());
        put("leader", "v");
        CompletableFuture<Boolean> unanswered = put("k", Deadline.after(Duration.ofSeconds(2)));
        CompletableFuture<String> next = get("k");
        road.gate.release();
        await().until(() -> road.underWay.contains(List.of("leader", "k")));
        await().until(() -> {
            lanes.tick();
            return unanswered.isDone();
        });
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(unanswered::join)
                .withCauseInstanceOf(OutcomeUnknownException.class);
        assertThat(road.underWay).containsExactly(List.of("leader", "k"));
        road.gate.release(1_000_000);
        assertThat(first.join()).isTrue();
        assertThat(next.join()).isEqualTo("v");
        await().until(lanes::isIdle);
    }

    @Test
    @DisplayName("fail all that waits when they are closed, on its key or in the queue, however much it is")
    void closing() {
        put("k", "v");
        await().until(() -> !road.underWay.isEmpty());
        List<CompletableFuture<?>> waiting = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            waiting.add(put("k", "v"));
        }
        waiting.add(put("other", "v"));
        lanes.close();
        for (CompletableFuture<?> each : waiting) {
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(each::join)
                    .withCauseInstanceOf(IllegalStateException.class);
        }
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(put("late", "v")::join)
                .withCauseInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("go on when no thread can be had to lead")
    void noThread() {
        AtomicBoolean refused = new AtomicBoolean();
        AsyncLanes crowded = new AsyncLanes(
                road,
                task -> {
                    if (refused.compareAndSet(false, true)) {
                        throw new OutOfMemoryError("unable to create native thread, thrown on purpose");
                    }
                    leaders.execute(task);
                },
                completions);
        road.gate.release(1_000_000);
        for (int i = 0; i < 3; i++) {
            assertThat(submit(crowded, "k", "v", Deadline.after(Duration.ofSeconds(5)))
                            .join())
                    .isTrue();
        }
    }

    @Test
    @DisplayName("count a command once that a backend completes twice")
    void completedTwice() {
        road.stutters = true;
        put("first", "v");
        await().until(() -> !road.underWay.isEmpty());
        CompletableFuture<Boolean> a = put("a", "v");
        CompletableFuture<Boolean> b = put("b", "v");
        road.gate.release(1_000_000);
        assertThat(a.join()).isTrue();
        assertThat(b.join()).isTrue();
        await().until(lanes::isIdle);
    }

    @Test
    @DisplayName("complete the other futures of a trip while a stage of one blocks, be it for them")
    void blockingStage() {
        put("first", "v");
        await().until(() -> !road.underWay.isEmpty());
        List<CompletableFuture<Boolean>> replies = new ArrayList<>();
        List<CompletableFuture<Void>> stages = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            replies.add(put("k" + i, "v"));
        }
        stages.add(replies.get(0).thenAccept(written -> replies.get(39).join()));
        stages.add(replies.get(1).thenAccept(written -> replies.get(2).join()));
        road.gate.release(1_000_000);
        await().until(() -> {
            lanes.tick();
            return stages.stream().allMatch(CompletableFuture::isDone);
        });
        replies.forEach(reply -> assertThat(reply.join()).isTrue());
        await().until(lanes::isIdle);
    }

    private CompletableFuture<Boolean> put(String key, String value) {
        return put(key, value, Deadline.after(Duration.ofSeconds(20)));
    }

    private CompletableFuture<Boolean> put(String key, Deadline deadline) {
        return put(key, "v", deadline);
    }

    private CompletableFuture<Boolean> put(String key, String value, Deadline deadline) {
        return submit(lanes, key, value, deadline);
    }

    private static CompletableFuture<Boolean> submit(AsyncLanes lanes, String key, String value, Deadline deadline) {
        Payload payload = Payload.encode(value, Codecs.string(), key);
        return lanes.submit(
                new Put(Namespace.ROOT.key(key), payload, Expiry.NEVER, Condition.ALWAYS, deadline),
                written -> written);
    }

    private CompletableFuture<String> get(String key) {
        Get get = new Get(Namespace.ROOT.key(key), Get.Want.VALUE, Deadline.after(Duration.ofSeconds(20)));
        return lanes.submit(get, stored -> stored.payload().decode(Codecs.string(), key));
    }
}
