package io.cuttlestore.all;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.cuttlestore.CorruptEntryException;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.Entry;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.UndecodableValueException;
import io.cuttlestore.redis.RedisServer;
import io.cuttlestore.redis.RedisServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import redis.clients.jedis.Jedis;

/** What the Rust crate Cuttlestore got wrong, fault by fault; on every store that could have it. */
@DisplayName("A fault of the Rust original that this library has not:")
class FaultsOfTheRustOriginalTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "REDIS") // which expires by itself
    @DisplayName("the sweeper sweeps once and stops")
    void sweeperSweepsOnce(Stores stores) {
        AtomicInteger removed = new AtomicInteger();
        try (Cuttlestore<String> store = Cuttlestore.builder(stores.fresh(folder))
                .sweepEvery(Duration.ofMillis(20))
                .layer(backend -> new RemovedCounter(backend, removed))
                .open(String.class)) {
            for (int round = 1; round <= 3; round++) {
                store.put("k" + round, "v", PutOptions.ttl(Duration.ofMillis(10)));
                await().untilAtomic(removed, equalTo(round));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a scan returns the expired")
    void scanReturnsTheExpired(Stores stores) {
        try (Cuttlestore<String> store = Cuttlestore.open(stores.fresh(folder), String.class)) {
            store.put("lives", "v", PutOptions.ttl(Duration.ofHours(1)));
            store.put("dies", "v", PutOptions.ttl(Duration.ofMillis(20)));
            await().until(() -> store.get("dies").isEmpty());
            assertThat(keys(store)).containsExactly("lives");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("column affinity merges 7, 007, 7.0 and ' 7'")
    void affinityMergesKeys(Stores stores) {
        try (Cuttlestore<String> store = Cuttlestore.open(stores.fresh(folder), String.class)) {
            List<String> keys = List.of("7", "007", "7.0", " 7", "7 ", "+7", "7e0", "0x7");
            keys.forEach(key -> store.put(key, "value of " + key));
            assertThat(keys).allSatisfy(key -> assertThat(store.get(key)).contains("value of " + key));
            assertThat(keys(store)).containsExactlyInAnyOrderElementsOf(keys);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a key such as ../x or /etc/x leaves the folder")
    void keyLeavesTheFolder(Stores stores) throws IOException {
        Path store = Files.createDirectory(folder.resolve("inner"));
        List<String> keys = List.of("../x", "../../x", "/etc/cuttlestore-x", "a/../../x", "..", ".", "C:\\x", "\0");
        try (Cuttlestore<String> cuttlestore = Cuttlestore.open(stores.fresh(store), String.class)) {
            keys.forEach(key -> cuttlestore.put(key, key));
            assertThat(keys(cuttlestore)).containsExactlyInAnyOrderElementsOf(keys);
        }
        try (Stream<Path> beside = Files.list(folder)) {
            assertThat(beside).containsExactly(store);
        }
        assertThat(Path.of("/etc/cuttlestore-x")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("an undecodable value is deleted")
    void undecodableIsDeleted(Stores stores) {
        try (CuttlestoreConnection connection = CuttlestoreConnection.open(stores.fresh(folder))) {
            Cuttlestore<String> texts = connection.store(String.class);
            Cuttlestore<Integer> numbers = connection.store(Integer.class);
            texts.put("k", "no number");
            assertThatExceptionOfType(UndecodableValueException.class).isThrownBy(() -> numbers.get("k"));
            assertThatExceptionOfType(UndecodableValueException.class)
                    .isThrownBy(() -> numbers.update("k", n -> Optional.of(1)));
            try (Stream<Entry<Integer>> entries = numbers.scan()) {
                assertThat(entries.map(Entry::key)).containsExactly("k");
            }
            assertThat(texts.get("k")).contains("no number");
        }
    }

    @Test
    @DisplayName("a foreign file is deleted")
    void foreignFileIsDeleted() throws IOException {
        Path store = Files.createDirectory(folder.resolve("store"));
        Path foreign = Files.writeString(store.resolve("notes.txt"), "mine");
        AtomicInteger removed = new AtomicInteger();
        try (Cuttlestore<String> cuttlestore = Cuttlestore.builder("filesystem://" + store)
                .sweepEvery(Duration.ofMillis(5))
                .layer(backend -> new RemovedCounter(backend, removed))
                .open(String.class)) {
            cuttlestore.put("k", "v", PutOptions.ttl(Duration.ofMillis(1)));
            assertThat(keys(cuttlestore)).isSubsetOf("k");
            await().untilAtomic(removed, equalTo(1));
            cuttlestore.connection().eraseAll();
        }
        assertThat(foreign).hasContent("mine");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a put is read half-written and then deleted as corrupt")
    void putIsReadHalfWritten(Stores stores) throws Exception {
        try (Cuttlestore<byte[]> store = Cuttlestore.open(stores.fresh(folder), byte[].class)) {
            store.put("k", filled(0));
            AtomicBoolean writing = new AtomicBoolean(true);
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
                for (int i = 1; i <= 300; i++) {
                    store.put("k", filled(i % 100));
                }
                writing.set(false);
            });
            while (writing.get() && !writer.isDone()) {
                byte[] read = store.get("k").orElseThrow();
                assertThat(read).isEqualTo(filled(read[0]));
            }
            writer.join();
            assertThat(store.get("k"))
                    .hasValueSatisfying(last -> assertThat(last).isEqualTo(filled(0)));
        }
    }

    private static byte[] filled(int round) {
        byte[] bytes = new byte[10_000 + round % 7 * 10_000];
        Arrays.fill(bytes, (byte) round);
        return bytes;
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("deleting a missing key fails")
    void deletingTheMissing(Stores stores) {
        try (Cuttlestore<String> store = Cuttlestore.open(stores.fresh(folder), String.class)) {
            assertThatCode(() -> store.delete("missing")).doesNotThrowAnyException();
            assertThatCode(() -> store.deleteAll(List.of("missing", "too"))).doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("keys with / or of more than 255 bytes fail")
    void longKeysFail(Stores stores) {
        try (Cuttlestore<String> store = Cuttlestore.open(stores.fresh(folder), String.class)) {
            List<String> keys =
                    List.of("a/b", "a/b/c", "x".repeat(256), "x".repeat(255) + "y", "é".repeat(450), "/".repeat(900));
            keys.forEach(key -> store.put(key, key));
            assertThat(keys).allSatisfy(key -> assertThat(store.get(key)).contains(key));
            assertThat(keys(store)).containsExactlyInAnyOrderElementsOf(keys);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("reading the expired deletes a fresh put that comes at the same time")
    void readingTheExpiredDeletesAFreshPut(Stores stores) throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(2);
        AtomicBoolean reading = new AtomicBoolean(true);
        try (Cuttlestore<Integer> store = Cuttlestore.open(stores.fresh(folder), Integer.class)) {
            List<Future<?>> reads = IntStream.range(0, 2)
                    .<Future<?>>mapToObj(i -> readers.submit(() -> {
                        while (reading.get()) {
                            store.get("k");
                        }
                    }))
                    .toList();
            for (int i = 0; i < 200; i++) {
                store.put("k", -1, PutOptions.expireAt(Instant.now().plusMillis(1)));
                await().pollInSameThread()
                        .pollDelay(Duration.ZERO)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> store.get("k").isEmpty());
                store.put("k", i);
                assertThat(store.get("k")).contains(i);
            }
            reading.set(false);
            for (Future<?> read : reads) {
                read.get();
            }
        } finally {
            reading.set(false);
            readers.shutdownNow();
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a time to live of 500 ms becomes 0")
    void halfASecondBecomesZero(Stores stores) {
        try (Cuttlestore<String> store = Cuttlestore.open(stores.fresh(folder), String.class)) {
            store.put("k", "v", PutOptions.ttl(Duration.ofMillis(500)));
            assertThat(store.get("k")).contains("v");
            await().atMost(Duration.ofSeconds(2)).until(() -> store.get("k").isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a past deadline underflows and a huge one overflows")
    void deadlinesOverflow(Stores stores) {
        try (Cuttlestore<String> store = Cuttlestore.open(stores.fresh(folder), String.class)) {
            store.put("past", "old");
            store.put("past", "v", PutOptions.expireAt(Instant.now().minusSeconds(1)));
            store.put("long past", "v", PutOptions.expireAt(Instant.MIN));
            store.put("huge", "v", PutOptions.ttl(Duration.ofSeconds(Long.MAX_VALUE)));
            store.put("far", "v", PutOptions.expireAt(Instant.MAX));
            assertThat(store.getAll(List.of("past", "long past", "huge", "far")))
                    .containsOnlyKeys("huge", "far");
            assertThat(store.entry("huge").orElseThrow().expiresAt()).isEmpty();
            assertThat(store.entry("far").orElseThrow().expiresAt()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("the builder's prefix is dropped")
    void prefixIsDropped(Stores stores) {
        String url = stores.fresh(folder);
        try (Cuttlestore<String> whole = Cuttlestore.open(url, String.class);
                Cuttlestore<String> part =
                        Cuttlestore.builder(url).namespace("part").open(String.class)) {
            part.put("k", "v");
            assertThat(whole.get("k")).isEmpty();
            assertThat(whole.get("part:k")).contains("v");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("(a, b:c) collides with (a:b, c)")
    void namespacesCollide(Stores stores) {
        try (CuttlestoreConnection connection = CuttlestoreConnection.open(stores.fresh(folder))) {
            Cuttlestore<String> outer = connection.store("a", String.class);
            Cuttlestore<String> inner = connection.store("a:b", String.class);
            outer.put("b:c", "outer");
            inner.put("c", "inner");
            assertThat(outer.get("b:c")).contains("outer");
            assertThat(inner.get("c")).contains("inner");
            inner.clear();
            assertThat(outer.get("b:c")).contains("outer");
        }
    }

    @Test
    @DisplayName("a foreign Redis type ends the scan")
    void foreignRedisTypeEndsTheScan() {
        try (Cuttlestore<String> store = Cuttlestore.open(Stores.REDIS.fresh(folder), String.class);
                Jedis redis = newJedis()) {
            String prefix = storedPrefix(store);
            store.put("text", "v");
            redis.hset(prefix + "hash", "f", "v");
            redis.rpush(prefix + "list", "v");
            assertThat(keys(store)).containsExactly("text");
            try (Stream<Entry<String>> entries = store.scan()) {
                assertThat(entries.map(Entry::value)).containsExactly("v");
            }
            assertThatExceptionOfType(CorruptEntryException.class).isThrownBy(() -> store.get("hash"));
            assertThat(redis.type(prefix + "hash")).isEqualTo("hash");
        }
    }

    @Test
    @DisplayName("a Redis scan walks the database and fetches one key per round trip")
    void redisScanFetchesOneByOne() {
        try (Cuttlestore<String> store = Cuttlestore.open(Stores.REDIS.fresh(folder), String.class);
                Jedis redis = newJedis()) {
            Map<String, String> entries = new LinkedHashMap<>();
            IntStream.range(0, 2_000).forEach(i -> entries.put("k" + i, "v" + i));
            store.putAll(entries);
            long before = networkReads(redis);
            try (Stream<Entry<String>> scan = store.scan()) {
                assertThat(scan.map(Entry::value).distinct().count()).isEqualTo(2_000);
            }
            assertThat(networkReads(redis) - before).isLessThan(200);
        }
    }

    private static long networkReads(Jedis redis) {
        Matcher matcher = Pattern.compile("total_reads_processed:(\\d+)").matcher(redis.info("stats"));
        assertThat(matcher.find()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("ten scans at a time starve the pool")
    void tenScansStarveThePool(Stores stores) {
        try (Cuttlestore<Integer> store = Cuttlestore.open(stores.fresh(folder), Integer.class)) {
            Map<String, Integer> entries = new LinkedHashMap<>();
            IntStream.range(0, 100).forEach(i -> entries.put("k" + i, i));
            store.putAll(entries);
            List<Stream<Entry<Integer>>> scans = new ArrayList<>();
            try {
                for (int i = 0; i < 50; i++) {
                    Stream<Entry<Integer>> scan = store.scan(ScanOptions.all().pageSize(10));
                    scans.add(scan);
                    assertThat(scan.iterator().hasNext()).isTrue();
                }
                store.put("k0", -1);
                assertThat(store.get("k0")).contains(-1);
            } finally {
                scans.forEach(Stream::close);
            }
        }
    }

    @Test
    @DisplayName("query arguments are not percent-decoded, and unknown ones are ignored")
    void queryArguments() {
        String password = RedisServers.PASSWORD;
        StringBuilder encoded = new StringBuilder();
        for (char c : password.toCharArray()) {
            encoded.append(String.format("%%%02X", (int) c));
        }
        String host = RedisServers.acl().address();
        try (Cuttlestore<String> store = Cuttlestore.open(
                "redis://" + host + "?username=" + RedisServers.USER + "&password=" + encoded, String.class)) {
            store.put("k", "v");
            assertThat(store.get("k")).contains("v");
        }
        for (Stores stores : Stores.values()) {
            String url = stores.fresh(folder);
            String unknown = url + (url.contains("?") ? "&" : "?") + "sweep-evry=1s";
            assertThatExceptionOfType(InvalidConnectionStringException.class)
                    .isThrownBy(() -> CuttlestoreConnection.open(unknown))
                    .withMessageContaining("did you mean 'sweep-every'?");
        }
    }

    record OldMission(String message) {}

    record NewMission(String message, int attempts, List<String> agents) {}

    @ParameterizedTest
    @EnumSource
    @DisplayName("adding a field to a type breaks old data")
    void addedFieldBreaksOldData(Stores stores) {
        try (CuttlestoreConnection connection = CuttlestoreConnection.open(stores.fresh(folder))) {
            Cuttlestore<OldMission> old = connection.store(OldMission.class);
            Cuttlestore<NewMission> fresh = connection.store(NewMission.class);
            old.put("k", new OldMission("go"));
            assertThat(fresh.get("k")).contains(new NewMission("go", 0, null));
            fresh.put("k", new NewMission("gone", 2, List.of("Hunt")));
            assertThat(old.get("k")).contains(new OldMission("gone"));
        }
    }

    @Test
    @DisplayName("the type of an error can't be named by a caller")
    void errorsCanBeNamed() {
        CuttlestoreException named = null;
        try {
            CuttlestoreConnection.open("redis://127.0.0.1:1?timeout=200ms").close();
        } catch (StoreUnavailableException e) {
            named = e;
        }
        assertThat(named).isNotNull();
        assertThat(named.isTransient()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("nothing can be closed")
    void nothingCanBeClosed(Stores stores) {
        Cuttlestore<String> store = Cuttlestore.open(stores.fresh(folder), String.class);
        store.async().put("k", "v").join();
        store.close();
        store.close();
        assertThatIllegalStateException().isThrownBy(() -> store.get("k"));
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("cuttlestore")));
    }

    private static List<String> keys(Cuttlestore<?> store) {
        try (Stream<String> keys = store.keys(ScanOptions.all())) {
            return keys.toList();
        }
    }

    /** What the stored keys of a store begin with, found by looking at one. */
    private static String storedPrefix(Cuttlestore<String> store) {
        store.put("probe-of-the-prefix", "");
        try (Jedis redis = newJedis()) {
            String stored = redis.keys("*probe-of-the-prefix").iterator().next();
            store.delete("probe-of-the-prefix");
            return stored.substring(0, stored.length() - "probe-of-the-prefix".length());
        }
    }

    private static Jedis newJedis() {
        return new Jedis(RedisServer.HOST, RedisServers.standalone().port());
    }
}
