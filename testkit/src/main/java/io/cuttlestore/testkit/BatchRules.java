package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cuttlestore.BatchException;
import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.PutOptions;
import io.cuttlestore.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

abstract class BatchRules extends Rules {
    private final FaultPlan faults = new FaultPlan();

    BatchRules(CuttlestoreKit kit) {
        super(kit);
    }

    private static Map<String, String> entries(int from, int to) {
        return IntStream.range(from, to)
                .boxed()
                .collect(Collectors.toMap(i -> "k" + i, i -> "v" + i, (a, b) -> b, LinkedHashMap::new));
    }

    private Cuttlestore<String> faulty() {
        return closing(builder(url()).layer(faults).connect()).store(String.class);
    }

    @Test
    @DisplayName("empty batches do nothing")
    void emptyBatches() {
        assertThat(store().getAll(List.of())).isEmpty();
        store().putAll(Map.of());
        store().deleteAll(List.of());
        assertThat(store().get("k")).isEmpty();
    }

    @Test
    @DisplayName("thousands of entries are written, read and deleted in bulk")
    void thousands() {
        Map<String, String> all = entries(0, 5_000);
        store().putAll(all);
        assertThat(store().getAll(all.keySet())).isEqualTo(all);
        assertThat(store().get("k4999")).hasValue("v4999");
        store().deleteAll(entries(0, 4_000).keySet());
        assertThat(store().getAll(all.keySet())).isEqualTo(entries(4_000, 5_000));
    }

    @Test
    @DisplayName("results keep the order of the request, and leave out what is missing")
    void order() {
        store().putAll(entries(0, 2_000));
        List<String> keys = new ArrayList<>(entries(0, 2_500).keySet());
        Collections.shuffle(keys, new Random(1));
        Map<String, String> found = store().getAll(keys);
        assertThat(found.keySet())
                .containsExactlyElementsOf(keys.stream()
                        .filter(key -> Integer.parseInt(key.substring(1)) < 2_000)
                        .toList());
        found.forEach((key, value) -> assertThat(value).isEqualTo("v" + key.substring(1)));
    }

    @Test
    @DisplayName("a key may be asked for and deleted twice in one batch")
    void duplicates() {
        store().putAll(entries(0, 3));
        assertThat(store().getAll(List.of("k2", "k0", "k2", "missing", "k0", "missing"))
                        .keySet())
                .containsExactly("k2", "k0");
        store().deleteAll(List.of("k0", "k1", "k0", "missing", "missing"));
        assertThat(store().getAll(List.of("k0", "k1", "k2"))).containsOnlyKeys("k2");
    }

    @Test
    @DisplayName("a batch replaces what was there")
    void replaces() {
        store().put("k0", "before");
        store().putAll(entries(0, 10));
        store().putAll(Map.of("k1", "again"));
        assertThat(store().get("k0")).hasValue("v0");
        assertThat(store().get("k1")).hasValue("again");
    }

    @Test
    @Needs(Capability.TTL)
    @DisplayName("an expiry holds for every entry of a batch, and a batch without one clears deadlines")
    void expiry() {
        Instant at = Instant.ofEpochMilli(now().plus(Duration.ofHours(1)).toEpochMilli());
        store().putAll(entries(0, 20), PutOptions.expireAt(at));
        for (String key : entries(0, 20).keySet()) {
            assertThat(expiry(store(), key)).hasValue(at);
        }
        store().putAll(entries(0, 10));
        store().putAll(entries(10, 15), PutOptions.keepTtl());
        assertThat(expiry(store(), "k0")).isEmpty();
        assertThat(expiry(store(), "k12")).hasValue(at);
    }

    @Test
    @Needs(Capability.TTL)
    @DisplayName("a batch does not return what has expired")
    void expiredEntries() {
        store().putAll(entries(0, 10), PutOptions.ttl(shortTtl()));
        store().putAll(entries(10, 20));
        passTime(shortTtl());
        assertThat(store().getAll(entries(0, 20).keySet())).isEqualTo(entries(10, 20));
    }

    @Test
    @DisplayName("batches of large values pass")
    void largeValues() {
        Map<String, String> large = new LinkedHashMap<>();
        for (int i = 0; i < 40; i++) {
            large.put("k" + i, (i + ".").repeat(40_000));
        }
        store().putAll(large);
        assertThat(store().getAll(large.keySet())).isEqualTo(large);
    }

    @Test
    @DisplayName("a batch stays within its namespace")
    void namespaces() {
        Cuttlestore<String> space = connection().store("a", String.class);
        space.putAll(entries(0, 10));
        store().putAll(Map.of("k0", "root"));
        assertThat(space.getAll(List.of("k0", "k9"))).containsExactly(Map.entry("k0", "v0"), Map.entry("k9", "v9"));
        space.deleteAll(List.of("k0"));
        assertThat(store().get("k0")).hasValue("root");
        assertThat(store().get("a:k9")).hasValue("v9");
    }

    @Test
    @DisplayName("concurrent batches of the same keys end, and leave one of the values under each key")
    void concurrentBatches() throws Exception {
        List<String> keys = new ArrayList<>(entries(0, 100).keySet());
        Threads.together(4, thread -> () -> {
            List<String> mine = new ArrayList<>(keys);
            Collections.shuffle(mine, new Random(thread));
            Map<String, String> batch = new LinkedHashMap<>();
            mine.forEach(key -> batch.put(key, key + " by " + thread));
            for (int i = 0; i < Effort.times(5); i++) {
                store().putAll(batch);
            }
            return null;
        });
        assertThat(store().getAll(keys))
                .hasSize(100)
                .allSatisfy((key, value) -> assertThat(value).matches(key + " by [0-3]"));
    }

    @Test
    @DisplayName("when single writes fail, the batch says which, and the others are carried out")
    void failedWrites() {
        Cuttlestore<String> faulty = faulty();
        faults.failAt(2, () -> new StoreUnavailableException("injected"))
                .loseReplyAt(4, () -> new OutcomeUnknownException("injected"));
        BatchException failure = catchThrowableOfType(BatchException.class, () -> faulty.putAll(entries(0, 6)));
        assertThat(failure.failed()).containsExactly("k1");
        assertThat(failure.unknown()).containsExactly("k3");
        assertThat(failure.causes()).containsOnlyKeys("k1", "k3");
        assertThat(failure.isTransient()).isFalse();
        assertThat(faulty.getAll(entries(0, 6).keySet())).containsOnlyKeys("k0", "k2", "k3", "k4", "k5");
    }

    @Test
    @DisplayName("when single deletions fail, the batch says which, and the others are carried out")
    void failedDeletions() {
        Cuttlestore<String> faulty = faulty();
        faulty.putAll(entries(0, 6));
        faults.failAt(1, () -> new StoreUnavailableException("injected"));
        BatchException failure = catchThrowableOfType(
                BatchException.class, () -> faulty.deleteAll(entries(0, 6).keySet()));
        assertThat(failure.failed()).containsExactly("k0");
        assertThat(failure.unknown()).isEmpty();
        assertThat(failure.isTransient()).isTrue();
        assertThat(faulty.getAll(entries(0, 6).keySet())).containsOnlyKeys("k0");
    }

    @Test
    @DisplayName("a value that does not decode fails its own key")
    void undecodableValue() {
        store().putAll(Map.of("good", "text", "bad", Note.UNREADABLE));
        Cuttlestore<Note> notes = connection().store(Note.CODEC);
        BatchException failure = catchThrowableOfType(BatchException.class, () -> notes.getAll(List.of("good", "bad")));
        assertThat(failure.failed()).containsExactly("bad");
        assertThat(store().get("bad")).hasValue(Note.UNREADABLE);
    }

    @Test
    @SuppressWarnings("NullAway") // that null is refused is the point
    @DisplayName("a null among the values is refused before anything is written")
    void nullValue() {
        Map<String, String> withNull = new LinkedHashMap<>();
        withNull.put("k0", "v");
        withNull.put("k1", null);
        assertThatThrownBy(() -> store().putAll(withNull)).isInstanceOf(NullPointerException.class);
        assertThat(store().contains("k0")).isFalse();
    }
}
