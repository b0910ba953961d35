package io.cuttlestore.internal.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.Page;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Key;
import io.cuttlestore.spi.Namespace;
import io.cuttlestore.spi.Payload;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.Touch;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The in-memory backend")
class InMemoryTest {
    private final AtomicLong now = new AtomicLong(1_000_000);

    @Test
    @DisplayName("keeps immutable objects as they are")
    void keepsObjects() {
        String value = new String("value");
        try (Cuttlestore<String> store = Cuttlestore.open("in-memory", String.class)) {
            store.put("k", value);
            assertThat(store.get("k").orElseThrow()).isSameAs(value);
        }
        try (Cuttlestore<String> store = Cuttlestore.open("in-memory?copy=always", String.class)) {
            store.put("k", value);
            assertThat(store.get("k").orElseThrow()).isEqualTo(value).isNotSameAs(value);
        }
    }

    @Test
    @DisplayName("shares a named store within the process until its last connection is closed")
    void named() {
        try (Cuttlestore<String> first = Cuttlestore.open("in-memory://shared", String.class)) {
            try (Cuttlestore<Integer> second = Cuttlestore.open("in-memory://shared", Integer.class)) {
                second.put("k", 7);
            }
            assertThat(first.get("k")).contains("7");
            assertThatExceptionOfType(InvalidConnectionStringException.class)
                    .isThrownBy(() -> Cuttlestore.open("in-memory://shared?copy=always", String.class));
        }
        try (Cuttlestore<String> again = Cuttlestore.open("in-memory://shared", String.class)) {
            assertThat(again.get("k")).isEmpty();
        }
    }

    @Test
    @DisplayName("stays below a bound on entries and then says that it evicts")
    void bounded() {
        try (Cuttlestore<Integer> store = Cuttlestore.open("in-memory?max-entries=100", Integer.class)) {
            assertThat(store.connection().capabilities().supports(Capability.NO_EVICTION))
                    .isFalse();
            for (int i = 0; i < 1_000; i++) {
                store.put("k" + i, i);
            }
            try (Stream<String> keys = store.keys(ScanOptions.all())) {
                assertThat(keys.count()).isBetween(1L, 100L);
            }
        }
    }

    @Test
    @DisplayName("scans each key once, however many of them have one hash code")
    void scansEqualHashCodes() {
        List<String> keys = List.of("");
        for (int i = 0; i < 6; i++) {
            keys = keys.stream()
                    .flatMap(key -> Stream.of(key + "Aa", key + "BB"))
                    .toList();
        }
        assertThat(keys).extracting(String::hashCode).containsOnly(keys.get(0).hashCode());
        try (Cuttlestore<Integer> store =
                Cuttlestore.builder("in-memory").namespace("space").open(Integer.class)) {
            keys.forEach(key -> store.put(key, 1));
            try (Stream<String> scanned = store.keys(ScanOptions.all().pageSize(5))) {
                assertThat(scanned).containsExactlyInAnyOrderElementsOf(keys);
            }
            Page<Integer> page = store.page(ScanOptions.all().pageSize(5));
            assertThat(page.entries()).hasSize(5);
        }
    }

    @Test
    @DisplayName("sweeps what has expired, bucket by bucket, and files anew what lives longer")
    void sweeps() {
        Segments segments = new Segments(Segments.UNBOUNDED, () -> Instant.ofEpochMilli(now.get()));
        for (int i = 0; i < 3_000; i++) {
            put(segments, "k" + i, Expiry.after(Duration.ofMillis(1 + i)));
            if (i % 3 == 0) {
                put(segments, "k" + i, Expiry.after(Duration.ofMinutes(1)));
            }
        }
        put(segments, "k1", Expiry.NEVER);
        assertThat(segments.deleteExpired(10_000)).isZero();
        now.addAndGet(1_500);
        assertThat(segments.deleteExpired(100)).isEqualTo(100);
        assertThat(segments.deleteExpired(10_000)).isEqualTo(999 - 100);
        assertThat(segments.deleteExpired(10_000)).isZero();
        now.addAndGet(1_500);
        assertThat(segments.deleteExpired(10_000)).isEqualTo(1_000);
        now.addAndGet(60_000);
        assertThat(segments.deleteExpired(10_000)).isEqualTo(1_000);
    }

    @Test
    @DisplayName("sweeps what expired at one moment in as many batches as it takes")
    void sweepsInBatches() {
        Segment segment = new Segment(new ConcurrentHashMap<>(), () -> Instant.ofEpochMilli(now.get()));
        for (int i = 0; i < 10; i++) {
            put(segment, "k" + i, Expiry.after(Duration.ofSeconds(1)));
        }
        now.addAndGet(60_000);
        for (int expected : new int[] {3, 3, 3, 1, 0}) {
            assertThat(segment.deleteExpired(3)).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("sweeps what got its deadline later")
    void laterDeadlines() {
        Segment segment = new Segment(new ConcurrentHashMap<>(), () -> Instant.ofEpochMilli(now.get()));
        put(segment, "k", Expiry.NEVER);
        put(segment, "k", Expiry.after(Duration.ofSeconds(1)));
        now.addAndGet(60_000);
        assertThat(segment.deleteExpired(10)).isOne();
    }

    @Test
    @DisplayName("sweeps nothing that only had a deadline before")
    void earlierDeadlines() {
        Segment segment = new Segment(new ConcurrentHashMap<>(), () -> Instant.ofEpochMilli(now.get()));
        put(segment, "k", Expiry.after(Duration.ofMinutes(10)));
        put(segment, "k", Expiry.after(Duration.ofMinutes(1)));
        put(segment, "k", Expiry.KEEP);
        assertThat(segment.touch(new Touch(key("k"), Expiry.NEVER, Deadline.NONE)))
                .isTrue();
        for (int minutes = 0; minutes < 20; minutes++) {
            now.addAndGet(60_000);
            assertThat(segment.deleteExpired(10)).isZero();
            assertThat(segment.get(key("k"))).isNotNull();
        }
    }

    @Test
    @DisplayName("keeps an entry, and its last deadline, while it forgets those that it had before")
    void manyEarlierDeadlines() {
        Segment segment = new Segment(new ConcurrentHashMap<>(), () -> Instant.ofEpochMilli(now.get()));
        for (int minutes = 1_000; minutes > 0; minutes--) {
            put(segment, "k", Expiry.after(Duration.ofMinutes(minutes)));
            assertThat(segment.get(key("k"))).isNotNull();
        }
        assertThat(segment.references()).isBetween(1, 100);
        now.addAndGet(120_000);
        assertThat(segment.deleteExpired(10)).isOne();
    }

    @Test
    @DisplayName("forgets the deadlines of entries that were deleted or overwritten")
    void staleDeadlines() {
        Segments segments = new Segments(Segments.UNBOUNDED, () -> Instant.ofEpochMilli(now.get()));
        for (int i = 0; i < 100_000; i++) {
            put(segments, "k", Expiry.after(Duration.ofDays(2)));
            segments.of(key("k")).remove(key("k"));
        }
        assertThat(segments.of(key("k")).references()).isLessThan(200);
    }

    @Test
    @DisplayName("never lets a sweep take a fresh put")
    void sweepSparesFreshPuts() {
        try (Cuttlestore<Integer> store = Cuttlestore.builder("in-memory")
                .clock(() -> Instant.ofEpochMilli(now.get()))
                .sweepEvery(Duration.ofMillis(1))
                .open(Integer.class)) {
            for (int i = 0; i < 2_000; i++) {
                store.put("k", i, PutOptions.ttl(Duration.ofMillis(1)));
                now.incrementAndGet();
                store.put("k", -i);
                assertThat(store.get("k")).contains(-i);
            }
        }
    }

    @Test
    @DisplayName("revives nothing that expired while a write waited for its turn")
    void expiredWhileWaiting() {
        ConcurrentHashMap<Key, Node> slow = new ConcurrentHashMap<>() {
            @Override
            public @Nullable Node compute(
                    Key key, BiFunction<? super Key, ? super Node, ? extends @Nullable Node> step) {
                now.addAndGet(1_000);
                return super.compute(key, step);
            }
        };
        Segment segment = new Segment(slow, () -> Instant.ofEpochMilli(now.get()));
        slow.put(key("k"), Node.of(Payload.of(new byte[1]), 1, now.get() + 1, DeadlineIndex.NOWHERE));
        Touch touch = new Touch(key("k"), Expiry.NEVER, Deadline.NONE);
        assertThat(segment.touch(touch)).isFalse();
        assertThat(segment.get(key("k"))).isNull();
    }

    @Test
    @DisplayName("the keys of a segment fall into different bins of its map")
    void binsOfASegment() {
        Segments segments = new Segments(Segments.UNBOUNDED, () -> Instant.EPOCH);
        Segment one = segments.of(key("0"));
        Set<Integer> bins = new HashSet<>();
        int keys = 0;
        for (int i = 0; i < 1_000_000; i++) {
            Key key = key(Integer.toString(i));
            if (segments.of(key) == one) {
                int hash = key.hashCode();
                bins.add((hash ^ (hash >>> 16)) & 1_023); // as ConcurrentHashMap spreads
                keys++;
            }
        }
        assertThat(keys).isBetween(500, 2_000);
        assertThat(bins.size()).isGreaterThan(keys / 4);
    }

    private static void put(Segments segments, String key, Expiry expiry) {
        put(segments.of(key(key)), key, expiry);
    }

    private static void put(Segment segment, String key, Expiry expiry) {
        Put put = new Put(key(key), Payload.of(new byte[1]), expiry, Condition.ALWAYS, Deadline.NONE);
        assertThat(segment.put(put)).isTrue();
    }

    private static Key key(String name) {
        return Namespace.ROOT.key(name);
    }
}
