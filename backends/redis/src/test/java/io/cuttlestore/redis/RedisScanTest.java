package io.cuttlestore.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.AccessDeniedException;
import io.cuttlestore.CursorExpiredException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.Stored;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Pipeline;

@DisplayName("A scan of Redis")
class RedisScanTest {
    private final RedisServer server = RedisServers.standalone();

    @BeforeEach
    void empty() {
        server.command("FLUSHALL");
    }

    @Test
    @DisplayName("Redis scan walks the whole database and fetches one key per round trip")
    void costs() {
        fill("other:", 20_000);
        fill("wanted:", 1_000);
        try (OpenBackend store = OpenBackend.open(server)) {
            CommandCounts.reset(server);
            assertThat(store.scan("wanted:", 500))
                    .hasSize(1_000)
                    .allSatisfy(entry ->
                            assertThat(OpenBackend.text(entry.stored())).isEqualTo(entry.key()));
            CommandCounts counts = CommandCounts.of(server);
            assertThat(counts.calls("get")).as("values fetched").isEqualTo(1_000);
            assertThat(counts.calls("scan")).as("steps over 21,000 keys").isLessThan(30);
            assertThat(reads(server)).as("trips").isLessThan(60);
        }
    }

    @Test
    @DisplayName("makes pages smaller where values are large, and misses none")
    void largeValues() {
        int length = 256 << 10;
        try (OpenBackend store = OpenBackend.open(server)) {
            for (int i = 0; i < 200; i++) {
                server.command("SETRANGE", "k" + i, Integer.toString(length - 1), "x");
            }
            Set<String> found = new HashSet<>();
            String cursor = null;
            do {
                ScanPage page = store.page("", cursor, 1_000);
                assertThat((long) page.entries().size() * length).isLessThanOrEqualTo(8L << 20);
                page.entries().forEach(entry -> found.add(entry.key()));
                cursor = page.next();
            } while (cursor != null);
            assertThat(found).hasSize(200);
        }
    }

    @Test
    @DisplayName("ten parallel scans starve the pool")
    void holdsNothing() throws Exception {
        fill("k", 500);
        try (OpenBackend store = OpenBackend.open("redis://" + server.address() + "?pool-size=2")) {
            List<String> cursors = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                cursors.add(store.page("", null, 10).next());
            }
            store.put("written while ten scans are open", "v");
            ExecutorService threads = Executors.newFixedThreadPool(10);
            try {
                List<Future<List<String>>> scans = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    scans.add(threads.submit(() -> store.keys("", 10)));
                }
                for (Future<List<String>> scan : scans) {
                    assertThat(scan.get(20, TimeUnit.SECONDS)).hasSize(501);
                }
            } finally {
                threads.shutdownNow();
            }
        }
    }

    @Test
    @DisplayName("skips other types, keys that are no text and expired entries, and leaves them in place")
    void foreign() {
        try (OpenBackend store = OpenBackend.open(server)) {
            store.put("mine", "v");
            store.put("brief", "v", new Expiry.After(1), Condition.ALWAYS);
            server.command("RPUSH", "list", "a");
            server.command("HSET", "hash", "f", "v");
            try (Jedis admin = server.admin()) {
                admin.set(new byte[] {(byte) 0xff, (byte) 0xfe}, new byte[] {1});
                admin.set("x".repeat(1025), "too long to be named");
            }
            await(() -> !store.contains("brief"));
            assertThat(store.keys("", 10)).containsExactly("mine");
            store.clear("");
            assertThat(store.contains("mine")).isFalse();
            assertThat((Long) server.command("DBSIZE")).isEqualTo(4);
        }
    }

    @Test
    @DisplayName("takes a prefix literally, glob characters included")
    void globs() {
        try (OpenBackend store = OpenBackend.open(server)) {
            for (String prefix : List.of("a*", "a?", "a[b]", "a\\", "a^", "a]", "a[", "a-b", "a\n")) {
                server.command("FLUSHALL");
                store.put(prefix + "1", "v");
                store.put("ab1", "v");
                store.put("axx1", "v");
                assertThat(store.keys(prefix, 10)).as(prefix).containsExactly(prefix + "1");
                store.clear(prefix);
                assertThat(store.keys("", 10)).as(prefix).containsExactlyInAnyOrder("ab1", "axx1");
            }
        }
    }

    @Test
    @DisplayName("tells deadlines and versions as a read does")
    void entries() {
        try (OpenBackend store = OpenBackend.open(server)) {
            store.put("k", "v", new Expiry.After(60_000), Condition.ALWAYS);
            Stored scanned = store.scan("", 10).get(0).stored();
            Stored read = store.entry("k");
            assertThat(scanned.version()).isEqualTo(read.version());
            assertThat(scanned.expiresAt()).isEqualTo(read.expiresAt());
        }
    }

    @Test
    @DisplayName("finds all keys whatever the size of its pages, and pages are about as large as asked for")
    void pages() {
        fill("k", 3_000);
        try (OpenBackend store = OpenBackend.open(server)) {
            for (int size : List.of(1, 7, 100, 5_000)) {
                assertThat(store.keys("", size)).as("pages of " + size).hasSize(3_000);
            }
            assertThat(store.page("k1", null, 100).entries()).hasSizeBetween(100, 400);
            assertThat(store.page("", null, 100).entries()).hasSizeBetween(100, 150);
        }
    }

    @Test
    @DisplayName("does not go on after a restart of the server, which would skip entries")
    void restart() {
        try (RedisServer mine = RedisServer.start();
                OpenBackend store = OpenBackend.open(mine)) {
            fill(mine, "k", 1_000);
            ScanPage first = store.page("", null, 100);
            mine.kill();
            mine.restart();
            fill(mine, "k", 1_000);
            await(() -> answers(store));
            assertThatThrownBy(() -> store.page("", first.next(), 100))
                    .isInstanceOf(CursorExpiredException.class)
                    .hasMessageContaining("begin");
            assertThat(store.keys("", 100)).hasSize(1_000);
        }
    }

    @Test
    @DisplayName("refuses a cursor that it never gave")
    void nonsense() {
        try (OpenBackend store = OpenBackend.open(server)) {
            assertThatThrownBy(() -> store.page("", "nonsense", 10)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @DisplayName("is led to no other server by a cursor that names one")
    void forgedCursor() {
        try (Impostor impostor = Impostor.inPlainText("");
                OpenBackend store = OpenBackend.open(server)) {
            assertThatThrownBy(() -> store.page("", impostor.address() + "/0a//7/", 10))
                    .isInstanceOf(CursorExpiredException.class);
            assertThat(impostor.visits()).isZero();
        }
    }

    @Test
    @DisplayName("can go on in another process")
    void resumes() {
        fill("k", 1_000);
        try (OpenBackend one = OpenBackend.open(server);
                OpenBackend other = OpenBackend.open(server)) {
            ScanPage first = one.page("", null, 100);
            List<String> keys = new ArrayList<>();
            first.entries().forEach(entry -> keys.add(entry.key()));
            String cursor = first.next();
            while (cursor != null) {
                ScanPage page = other.page("", cursor, 100);
                page.entries().forEach(entry -> keys.add(entry.key()));
                cursor = page.next();
            }
            assertThat(keys.stream().distinct()).hasSize(1_000);
        }
    }

    @Test
    @DisplayName("needs to know the server process, and says so to a user who may not ask")
    void needsInfo() {
        server.command("ACL", "SETUSER", "limited", "on", ">secret", "~*", "+@all", "-@dangerous");
        try (OpenBackend store = OpenBackend.open("redis://limited:secret@" + server.address())) {
            store.put("k", "v");
            assertThat(store.get("k")).isEqualTo("v");
            assertThatThrownBy(() -> store.page("", null, 10))
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("info");
        }
    }

    private void fill(String prefix, int count) {
        fill(server, prefix, count);
    }

    private static void fill(RedisServer server, String prefix, int count) {
        try (Jedis admin = server.admin()) {
            Pipeline pipeline = admin.pipelined();
            IntStream.range(0, count).forEach(i -> pipeline.set(prefix + i, prefix + i));
            pipeline.sync();
        }
    }

    private static boolean answers(OpenBackend store) {
        try {
            store.spi().ping(store.deadline());
            return true;
        } catch (StoreUnavailableException notYet) {
            return false;
        }
    }

    private static void await(BooleanSupplier condition) {
        Awaitility.await().until(condition::getAsBoolean);
    }

    private static long reads(RedisServer server) {
        try (Jedis admin = server.admin()) {
            return admin.info("stats")
                    .lines()
                    .filter(line -> line.startsWith("total_reads_processed:"))
                    .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1)))
                    .sum();
        }
    }
}
