package io.cuttlestore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.Entry;
import io.cuttlestore.PutOptions;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.DeleteResult;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Key;
import io.cuttlestore.spi.Namespace;
import io.cuttlestore.spi.Payload;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Stored;
import io.cuttlestore.spi.Touch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Batches, sweeps, clearing and closing. */
class StoreTest extends RocksDbTest {
    private static final Expiry HOUR = Expiry.after(Duration.ofHours(1));

    private final Clock clock = new Clock();

    /** A call that keeps its reply. */
    private static final class Kept<R extends @Nullable Object> implements Call<R> {
        private final Command<R> command;
        private @Nullable Object reply;

        Kept(Command<R> command) {
            this.command = command;
        }

        @Override
        public Command<R> command() {
            return command;
        }

        @Override
        public void complete(R result) {
            reply = result;
        }

        @Override
        public void fail(CuttlestoreException failure) {
            reply = failure;
        }
    }

    private static Key key(String name) {
        return Namespace.ROOT.key(name);
    }

    private static Put put(String name, String value, Expiry expiry, Condition condition) {
        return new Put(key(name), Payload.of(value.getBytes()), expiry, condition, Deadline.NONE);
    }

    private static @Nullable String text(@Nullable Object reply) {
        return reply == null ? null : new String(((Stored) reply).payload().bytes());
    }

    @Test
    void commandsOfABatchSeeThoseBeforeThem() {
        try (Backend backend = open(url(), clock)) {
            Get get = new Get(key("k"), Get.Want.VALUE, Deadline.NONE);
            List<Kept<?>> calls = List.of(
                    new Kept<>(put("k", "one", HOUR, Condition.IF_ABSENT)),
                    new Kept<>(put("k", "two", Expiry.NEVER, Condition.IF_ABSENT)),
                    new Kept<>(get),
                    new Kept<>(new Delete(key("k"), Condition.ALWAYS, true, Deadline.NONE)),
                    new Kept<>(get),
                    new Kept<>(new Touch(key("k"), HOUR, Deadline.NONE)),
                    new Kept<>(put("k", "three", Expiry.KEEP, Condition.ALWAYS)),
                    new Kept<>(put("k", "four", Expiry.NEVER, Condition.ifVersion("0000000000000000"))),
                    new Kept<>(new Touch(key("k"), HOUR, Deadline.NONE)),
                    new Kept<>(new Get(key("k"), Get.Want.ENTRY, Deadline.NONE)));
            backend.executeAll(calls);
            assertThat(calls.get(0).reply).isEqualTo(true);
            assertThat(calls.get(1).reply).isEqualTo(false);
            assertThat(text(calls.get(2).reply)).isEqualTo("one");
            assertThat(text(((DeleteResult) calls.get(3).reply).old())).isEqualTo("one");
            assertThat(calls.get(4).reply).isNull();
            assertThat(calls.get(5).reply).isEqualTo(false);
            assertThat(calls.get(6).reply).isEqualTo(true);
            assertThat(calls.get(7).reply).isEqualTo(false);
            assertThat(calls.get(8).reply).isEqualTo(true);
            Stored last = (Stored) calls.get(9).reply;
            assertThat(text(last)).isEqualTo("three");
            assertThat(last.expiresAt())
                    .isEqualTo(clock.instant().plus(Duration.ofHours(1)).toEpochMilli());
            clock.advance(Duration.ofHours(1));
            assertThat(backend.deleteExpired(10, Deadline.NONE)).isOne();
        }
    }

    @Test
    void aSweepDeletesAsManyAsItMay() {
        try (Backend backend = open(url(), clock);
                Cuttlestore<String> store =
                        Cuttlestore.builder(url()).clock(clock).open(String.class)) {
            Map<String, String> entries = new HashMap<>();
            for (int i = 0; i < 1_300; i++) {
                entries.put("k" + i, "v");
            }
            store.put("kept", "v");
            store.putAll(entries, PutOptions.ttl(Duration.ofSeconds(1)));
            store.put("k7", "without a deadline");
            store.put("k8", "later", PutOptions.ttl(Duration.ofSeconds(2)));
            assertThat(backend.deleteExpired(2_000, Deadline.NONE)).isZero();
            clock.advance(Duration.ofSeconds(1));
            assertThat(backend.deleteExpired(700, Deadline.NONE)).isEqualTo(700);
            assertThat(backend.deleteExpired(2_000, Deadline.NONE)).isEqualTo(598);
            assertThat(backend.deleteExpired(2_000, Deadline.NONE)).isZero();
            assertThat(store.get("kept")).hasValue("v");
            assertThat(store.get("k7")).hasValue("without a deadline");
            assertThat(store.get("k8")).hasValue("later");
            clock.advance(Duration.ofSeconds(1));
            assertThat(backend.deleteExpired(2_000, Deadline.NONE)).isOne();
        }
    }

    @Test
    void deadlinesFromBeforeAReopeningAreKnown() {
        try (Backend backend = open(url(), clock)) {
            backend.execute(put("k", "v", HOUR, Condition.ALWAYS));
        }
        try (Backend backend = open(url(), clock)) {
            backend.execute(put("k", "w", Expiry.NEVER, Condition.ALWAYS));
            clock.advance(Duration.ofHours(1));
            assertThat(backend.deleteExpired(10, Deadline.NONE)).isZero();
            assertThat(text(backend.execute(new Get(key("k"), Get.Want.VALUE, Deadline.NONE))))
                    .isEqualTo("w");
        }
    }

    @Test
    void clearingEndsHoweverMuchIsWrittenMeanwhileAndLeavesOtherPrefixes() {
        try (Backend backend = open(url(), clock);
                Cuttlestore<String> store = Cuttlestore.open(url(), String.class)) {
            store.put("j", "stays");
            store.put("l", "stays");
            IntStream.range(0, 20).forEach(i -> store.put(String.format("k%05d", i), "old"));
            int pages = 0;
            int next = 20;
            String cursor = null;
            do {
                cursor = backend.clear(new ScanRequest("k", cursor, 5, true, Deadline.NONE));
                for (int i = 0; i < 10; i++) {
                    store.put(String.format("k%05d", next++), "new");
                }
            } while (cursor != null && ++pages < 100);
            assertThat(cursor).as("cursor after %s pages", pages).isNull();
            try (var left = store.scan()) {
                assertThat(left.map(Entry::value)).contains("stays", "new").doesNotContain("old");
            }
        }
    }

    @Test
    void aLargeValueIsKept() {
        byte[] value = new byte[64 << 20];
        value[value.length - 1] = 7;
        try (Cuttlestore<byte[]> store = Cuttlestore.open(url() + "?memory=8", byte[].class)) {
            store.put("k", value);
            assertThat(store.get("k")).hasValue(value);
        }
        try (Cuttlestore<byte[]> store = Cuttlestore.open(url() + "?memory=8", byte[].class)) {
            assertThat(store.get("k")).hasValue(value);
        }
    }

    @Test
    void callsWhileTheStoreIsClosedEndOrAreRefused() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        for (int round = 0; round < 20; round++) {
            Backend backend = open(url(), clock);
            backend.execute(put("k", "v", HOUR, Condition.ALWAYS));
            CountDownLatch begun = new CountDownLatch(4);
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                boolean writes = i % 2 == 0;
                Runnable call = writes
                        ? () -> backend.execute(put("k", "v", HOUR, Condition.ALWAYS))
                        : () -> backend.page(new ScanRequest("", null, 10, false, Deadline.NONE));
                callers.add(threads.submit(() -> {
                    begun.countDown();
                    while (true) {
                        call.run();
                    }
                }));
            }
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            backend.close();
            for (Future<?> caller : callers) {
                assertThatThrownBy(() -> caller.get(10, TimeUnit.SECONDS))
                        .hasCauseInstanceOf(IllegalStateException.class);
            }
        }
        threads.shutdown();
    }

    @Test
    void closingDoesNotWaitForWhatIsStuckWhichClosesTheDatabaseWhenItEnds() throws Exception {
        Backend backend = open(url(), clock);
        Engines.Lease lease =
                Engines.acquire(DatabaseFolder.named(database().toString()).canonical(), 64);
        Engine engine = lease.engine();
        lease.release();
        CountDownLatch inside = new CountDownLatch(1);
        CompletableFuture<String> answer = new CompletableFuture<>();
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> engine.read(database -> {
            inside.countDown();
            answer.join();
            return database.readStoreId();
        }));
        assertThat(inside.await(5, TimeUnit.SECONDS)).isTrue();

        long begin = System.nanoTime();
        backend.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(3_000 + 400));
        assertThatThrownBy(() -> engine.read(Database::readStoreId)).isInstanceOf(IllegalStateException.class);

        answer.complete("go on");
        assertThat(read.get(5, TimeUnit.SECONDS)).matches("[0-9a-f]{16}");
        open(url(), clock).close();
    }
}
