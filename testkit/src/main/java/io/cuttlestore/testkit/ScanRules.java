package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Capability;
import io.cuttlestore.Cursor;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.Entry;
import io.cuttlestore.IllegalKeyException;
import io.cuttlestore.Page;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.UndecodableValueException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@Needs(Capability.SCAN)
abstract class ScanRules extends Rules {
    private final AtomicInteger pages = new AtomicInteger();

    ScanRules(CuttlestoreKit kit) {
        super(kit);
    }

    private final class CountedPages extends PassThroughLayer {
        CountedPages(Backend inner) {
            super(inner);
        }

        @Override
        public ScanPage page(ScanRequest request) {
            pages.incrementAndGet();
            return inner().page(request);
        }
    }

    private List<String> keys(String prefix) {
        try (Stream<String> keys = store().keys(ScanOptions.prefix(prefix))) {
            return keys.toList();
        }
    }

    /** Checks what a scan returned: exactly once, or at least once where that is all that is declared. */
    private void assertScanned(List<String> scanned, List<String> expected) {
        assertThat(new HashSet<>(scanned)).isEqualTo(new HashSet<>(expected));
        if (has(Capability.EXACT_SCAN)) {
            assertThat(scanned).doesNotHaveDuplicates();
        }
    }

    private List<String> putMany(String prefix, int count) {
        List<String> keys = IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
        store().putAll(keys.stream().collect(Collectors.toMap(key -> key, key -> "v of " + key)));
        return keys;
    }

    @Test
    @DisplayName("a scan of an empty store is empty")
    void emptyStore() {
        assertThat(keys("")).isEmpty();
        try (var entries = store().scan()) {
            assertThat(entries).isEmpty();
        }
        assertThat(allPages(store(), ScanOptions.all())).isEmpty();
    }

    @Test
    @DisplayName("a scan returns every entry with its value, version and deadline")
    void everyEntry() {
        List<String> expected = putMany("k", 1_500);
        List<String> scanned = new ArrayList<>();
        try (var entries = store().scan()) {
            entries.forEach(entry -> {
                scanned.add(entry.key());
                assertThat(entry.value()).isEqualTo("v of " + entry.key());
            });
        }
        assertScanned(scanned, expected);
        try (var entries = store().scan(ScanOptions.prefix("k77"))) {
            entries.forEach(entry -> {
                Entry<String> single = store().entry(entry.key()).orElseThrow();
                assertThat(entry.version()).isEqualTo(single.version());
                assertThat(entry.expiresAt()).isEqualTo(single.expiresAt());
                assertThat(entry.bytes()).isEqualTo(single.bytes());
            });
        }
    }

    @Test
    @Needs(Capability.TTL)
    @DisplayName("a scan shows deadlines")
    void deadlines() {
        store().put("k", "v", PutOptions.ttl(Duration.ofHours(1)));
        try (var entries = store().scan()) {
            assertThat(entries.map(Entry::expiresAt).distinct()).containsExactly(expiry(store(), "k"));
        }
    }

    @Test
    @DisplayName("the keys of a scan are those of its entries")
    void keysOnly() {
        assertScanned(keys(""), List.of());
        List<String> expected = putMany("k", 300);
        assertScanned(keys(""), expected);
    }

    @Test
    @DisplayName("any page size gives the same entries")
    void pageSizes() {
        List<String> expected = putMany("k", 60);
        for (int size : new int[] {1, 2, 7, 59, 60, 61, 100_000}) {
            try (Stream<String> keys = store().keys(ScanOptions.all().pageSize(size))) {
                assertScanned(keys.toList(), expected);
            }
            assertScanned(allPages(store(), ScanOptions.all().pageSize(size)), expected);
        }
        assertThatThrownBy(() -> ScanOptions.all().pageSize(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("a prefix is taken literally: no globs, no LIKE, no ranges, no case folding")
    void prefixesAreLiteral() {
        List<String> all = HardKeys.all();
        all.forEach(key -> store().put(key, "v"));
        Set<String> prefixes =
                new HashSet<>(List.of("a%", "a_", "a*", "a?", "[a-z]", "\\", "A", "a", "key", "key1", "l", ""));
        for (String key : all) {
            prefixes.add(key);
            prefixes.add(key.substring(0, key.offsetByCodePoints(0, 1)));
        }
        for (String prefix : prefixes) {
            assertScanned(
                    keys(prefix),
                    all.stream().filter(key -> key.startsWith(prefix)).toList());
        }
    }

    @Test
    @DisplayName("a prefix that nothing has gives nothing, be it longer than a key may be")
    void prefixesWithoutMatch() {
        putMany("k", 20);
        assertThat(keys("nothing")).isEmpty();
        assertThat(keys("k1x")).isEmpty();
        assertThat(keys("k".repeat(1024))).isEmpty();
    }

    @Test
    @DisplayName("a prefix with an unpaired surrogate is refused")
    void unpairedSurrogates() {
        assertThatThrownBy(() -> store().keys(ScanOptions.prefix("\ud800")).close())
                .isInstanceOf(IllegalKeyException.class);
        assertThatThrownBy(() -> store().page(ScanOptions.prefix("a\udc00"))).isInstanceOf(IllegalKeyException.class);
    }

    @Test
    @DisplayName("where an ordered scan is declared, entries come in the order of their keys' UTF-8 bytes")
    void order() {
        HardKeys.all().forEach(key -> store().put(key, "v"));
        List<String> scanned = keys("");
        assertScanned(scanned, HardKeys.all());
        if (has(Capability.ORDERED_SCAN)) {
            assertThat(scanned).isSortedAccordingTo((a, b) -> Arrays.compareUnsigned(utf8(a), utf8(b)));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    @DisplayName("what was deleted before a scan never appears in it")
    void deletedEntries() {
        List<String> keys = putMany("k", 100);
        store().deleteAll(keys.subList(0, 50));
        assertScanned(keys(""), keys.subList(50, 100));
    }

    @Test
    @DisplayName(
            "under concurrent writes, what is present throughout appears, exactly once where declared, and what is absent never")
    void concurrentWrites() throws Exception {
        List<String> stable = putMany("stable", 300);
        List<String> deleted = putMany("gone", 50);
        store().deleteAll(deleted);
        AtomicInteger scanning = new AtomicInteger(2);
        int scans = Effort.times(10);
        Threads.together(4, thread -> () -> {
            if (thread < 2) {
                try {
                    for (int scan = 0; scan < scans; scan++) {
                        try (Stream<String> keys =
                                store().keys(ScanOptions.all().pageSize(20))) {
                            assertStableOnce(keys.toList(), stable);
                        }
                    }
                } finally {
                    scanning.decrementAndGet();
                }
                return null;
            }
            for (int i = 0; scanning.get() > 0; i++) {
                store().put("churn" + thread + "/" + i % 200, "v");
                store().put(stable.get(i % stable.size()), "rewritten " + i);
                store().delete("churn" + thread + "/" + (i * 7) % 200);
            }
            return null;
        });
    }

    private void assertStableOnce(List<String> scanned, List<String> stable) {
        Map<String, Integer> times = new HashMap<>();
        scanned.forEach(key -> times.merge(key, 1, Integer::sum));
        for (String key : stable) {
            assertThat(times).as("what is present throughout appears").containsKey(key);
            if (has(Capability.EXACT_SCAN)) {
                assertThat(times.get(key)).as("how often %s appeared", key).isEqualTo(1);
            }
        }
        assertThat(times.keySet()).allMatch(key -> key.startsWith("stable") || key.startsWith("churn"));
    }

    @Test
    @DisplayName("an entry that changes meanwhile appears in one of its states, never in a mixture")
    void changingEntries() throws Exception {
        AtomicInteger scanning = new AtomicInteger(1);
        for (int i = 0; i < 20; i++) {
            store().put("k" + i, "0:" + i);
        }
        Threads.together(2, thread -> () -> {
            if (thread == 0) {
                for (int round = 1; scanning.get() > 0; round++) {
                    store().put("k" + round % 20, round + ":" + round % 20);
                }
                return null;
            }
            try {
                for (int scan = 0; scan < Effort.times(20); scan++) {
                    try (var entries = store().scan(ScanOptions.all().pageSize(5))) {
                        entries.forEach(entry -> assertThat("k" + entry.value().split(":", -1)[1])
                                .isEqualTo(entry.key()));
                    }
                }
            } finally {
                scanning.set(0);
            }
            return null;
        });
    }

    @Test
    @DisplayName("writing and deleting what is being scanned is safe, and the scan ends")
    void writingWhileScanning() {
        List<String> keys = putMany("k", 200);
        List<String> scanned = new ArrayList<>();
        try (var entries = store().scan(ScanOptions.prefix("k").pageSize(10))) {
            entries.forEach(entry -> {
                scanned.add(entry.key());
                store().put(entry.key(), "rewritten");
                store().put("x" + entry.key(), "v");
            });
        }
        assertScanned(scanned, keys);
        try (Stream<String> all = store().keys(ScanOptions.all().pageSize(10))) {
            all.forEach(store()::delete);
        }
        assertThat(keys("")).isEmpty();
    }

    @Test
    @DisplayName("a value that can't be decoded is an error when that value is read; the scan goes on")
    void undecodableValues() {
        for (int i = 0; i < 30; i++) {
            store().put("k" + i, i % 3 == 0 ? Note.UNREADABLE : "text");
        }
        Set<String> failed = new HashSet<>();
        Set<String> read = new HashSet<>();
        try (var notes = connection().store(Note.CODEC).scan(ScanOptions.all().pageSize(4))) {
            notes.forEach(entry -> {
                try {
                    assertThat(entry.value()).isEqualTo(new Note("text"));
                    read.add(entry.key());
                } catch (UndecodableValueException e) {
                    assertThat(entry.bytes()).asString().isEqualTo(Note.UNREADABLE);
                    failed.add(entry.key());
                }
            });
        }
        assertThat(read).hasSize(20);
        assertThat(failed).hasSize(10);
        assertThat(store().get("k0")).hasValue(Note.UNREADABLE);
    }

    @Test
    @DisplayName("a scan is lazy: it fetches the pages that are read")
    void laziness() {
        Cuttlestore<String> counted =
                closing(builder(url()).layer(CountedPages::new).connect()).store(String.class);
        counted.putAll(IntStream.range(0, 500).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v")));
        try (Stream<String> keys = counted.keys(ScanOptions.all().pageSize(5))) {
            assertThat(keys.limit(1)).hasSize(1);
        }
        int pagesForOne = pages.getAndSet(0);
        try (Stream<String> keys = counted.keys(ScanOptions.all().pageSize(5))) {
            assertThat(keys.distinct()).hasSize(500);
        }
        assertThat(pages.get())
                .as("pages for all, against %s for one entry", pagesForOne)
                .isGreaterThan(2 * pagesForOne);
    }

    @Test
    @DisplayName("streams that are closed early or forgotten hold nothing that others need")
    void abandonedStreams() {
        putMany("k", 100);
        List<Iterator<Entry<String>>> forgotten = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Iterator<Entry<String>> entries =
                    store().scan(ScanOptions.all().pageSize(3)).iterator();
            entries.next();
            forgotten.add(entries);
        }
        store().put("k1", "written meanwhile");
        assertThat(store().get("k1")).hasValue("written meanwhile");
        assertThat(new HashSet<>(keys(""))).hasSize(100);
        assertThat(forgotten.get(7).next().key()).startsWith("k");
        Stream<Entry<String>> closed = store().scan();
        closed.close();
        closed.close();
        assertThat(store().get("k2")).isPresent();
    }

    @Test
    @DisplayName("many scans at a time don't starve each other or the rest")
    void manyScans() throws Exception {
        List<String> expected = putMany("k", 100);
        Threads.together(20, thread -> () -> {
            for (int i = 0; i < 3; i++) {
                try (Stream<String> keys = store().keys(ScanOptions.all().pageSize(10))) {
                    assertScanned(keys.toList(), expected);
                }
                assertThat(store().get("k" + thread)).isPresent();
            }
            return null;
        });
    }

    @Test
    @DisplayName("pages are stateless: a cursor can be printed, parsed and used by another connection")
    void cursorsTravel() {
        List<String> expected = putMany("k", 100);
        List<String> scanned = new ArrayList<>();
        Cuttlestore<String> here = store();
        Cuttlestore<String> there = otherConnection().store(String.class);
        Page<String> page = here.page(ScanOptions.all().pageSize(9));
        for (int i = 0; ; i++) {
            page.entries().forEach(entry -> scanned.add(entry.key()));
            Optional<Cursor> next = page.next();
            if (next.isEmpty()) {
                break;
            }
            Cursor parsed = Cursor.parse(next.get().toString());
            assertThat(parsed).isEqualTo(next.get()).hasSameHashCodeAs(next.get());
            page = (i % 2 == 0 ? there : here)
                    .page(ScanOptions.all().pageSize(9).after(parsed));
        }
        assertScanned(scanned, expected);
    }

    @Test
    @DisplayName("a cursor outlives the connection that gave it, where the store does")
    void cursorsSurviveReopening() {
        List<String> expected = putMany("k", 100);
        Page<String> first = store().page(ScanOptions.all().pageSize(9));
        List<String> scanned = new ArrayList<>(keysOf(first));
        reopen();
        scanned.addAll(allPages(
                store(), ScanOptions.all().pageSize(9).after(first.next().orElseThrow())));
        assertScanned(scanned, expected);
    }

    @Test
    @DisplayName("a page may be read twice with one cursor")
    void cursorsAreReusable() {
        putMany("k", 100);
        Cursor cursor = store().page(ScanOptions.all().pageSize(9)).next().orElseThrow();
        ScanOptions rest = ScanOptions.all().pageSize(9).after(cursor);
        assertThat(new HashSet<>(allPages(store(), rest))).isEqualTo(new HashSet<>(allPages(store(), rest)));
    }

    @Test
    @DisplayName("a stream may begin behind a page")
    void streamsBeginAtCursors() {
        List<String> expected = putMany("k", 100);
        Page<String> first = store().page(ScanOptions.all().pageSize(9));
        List<String> scanned = new ArrayList<>(keysOf(first));
        try (Stream<String> rest =
                store().keys(ScanOptions.all().after(first.next().orElseThrow()))) {
            rest.forEach(scanned::add);
        }
        assertScanned(scanned, expected);
    }

    @Test
    @DisplayName("a cursor of another prefix, another view or no store at all is refused")
    void wrongCursors() {
        putMany("k", 100);
        Cursor cursor = store().page(ScanOptions.prefix("k").pageSize(9)).next().orElseThrow();
        assertThatThrownBy(() -> store().page(ScanOptions.all().after(cursor)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().page(ScanOptions.prefix("k1").after(cursor)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> connection()
                        .store("k", String.class)
                        .page(ScanOptions.prefix("k").after(cursor)))
                .isInstanceOf(IllegalArgumentException.class);
        for (String nonsense : List.of("nonsense", "a.b.c", "0", "-", "x" + cursor, cursor + ".x")) {
            assertThatThrownBy(() -> store().page(ScanOptions.prefix("k").after(Cursor.parse(nonsense))))
                    .as("after a cursor that no store gave: %s", nonsense)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        for (String unprintable : List.of("", " ", "a b", "a/b", "\u00e9")) {
            assertThatThrownBy(() -> Cursor.parse(unprintable)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @DisplayName("distinct drops repeats on every backend")
    void distinct() {
        List<String> expected = putMany("k", 500);
        try (Stream<String> keys = store().keys(ScanOptions.all().pageSize(7).distinct())) {
            assertThat(keys).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    @DisplayName("a stream that is read after closing the store says so")
    void readingAfterClose() {
        putMany("k", 100);
        CuttlestoreConnection own = otherConnection();
        Iterator<Entry<String>> entries =
                own.store(String.class).scan(ScanOptions.all().pageSize(3)).iterator();
        entries.next();
        own.close();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        entries.next();
                    }
                })
                .isInstanceOf(IllegalStateException.class);
    }

    private static List<String> keysOf(Page<String> page) {
        return page.entries().stream().map(Entry::key).toList();
    }

    /** The keys of all pages from here on. */
    static List<String> allPages(Cuttlestore<String> store, ScanOptions options) {
        List<String> keys = new ArrayList<>();
        @Nullable ScanOptions rest = options;
        while (rest != null) {
            Page<String> page = store.page(rest);
            keys.addAll(keysOf(page));
            rest = page.next().map(options::after).orElse(null);
        }
        return keys;
    }
}
