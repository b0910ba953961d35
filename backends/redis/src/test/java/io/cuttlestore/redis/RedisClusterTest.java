package io.cuttlestore.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.CursorExpiredException;
import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import redis.clients.jedis.util.JedisClusterCRC16;

@DisplayName("On a Redis cluster")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RedisClusterTest {
    private RedisCluster cluster;
    private OpenBackend store;

    @BeforeAll
    void open() {
        cluster = RedisCluster.start();
        store = OpenBackend.open("redis+cluster://" + cluster.nodes().get(1).address());
    }

    @AfterAll
    void close() {
        store.close();
        cluster.close();
    }

    @BeforeEach
    void empty() {
        cluster.nodes().forEach(node -> node.command("FLUSHALL"));
    }

    @Test
    @DisplayName("a batch goes to all nodes, one pipeline each, and a scan finds all keys")
    void allNodes() {
        List<String> keys = IntStream.range(0, 1_000).mapToObj(i -> "k" + i).toList();
        store.all(keys.stream()
                .map(key -> store.putCommand(key, key, Expiry.NEVER, Condition.ALWAYS))
                .toList());
        assertThat(cluster.nodes())
                .allSatisfy(node -> assertThat((Long) node.command("DBSIZE")).isPositive());
        assertThat(store.getAll(keys)).isEqualTo(keys);
        assertThat(store.keys("", 100)).containsExactlyInAnyOrderElementsOf(keys);
        store.clear("k1");
        assertThat(store.keys("", 100)).hasSize(889).noneMatch(key -> key.startsWith("k1"));
    }

    @Test
    @DisplayName("every command follows a key whose slot is moving or has moved, and a scan says that it can't go on")
    void movingSlot() {
        String key = "moving";
        String slot = "" + JedisClusterCRC16.getSlot(key);
        RedisServer from = ownerOf(key);
        RedisServer to = cluster.nodes().stream()
                .filter(node -> node != from)
                .findFirst()
                .orElseThrow();
        store.put(key, "1");
        IntStream.range(0, 500).forEach(i -> store.put("k" + i, "v"));
        ScanPage before = store.page("", null, 10);

        to.command("CLUSTER", "SETSLOT", slot, "IMPORTING", id(from));
        from.command("CLUSTER", "SETSLOT", slot, "MIGRATING", id(to));
        assertThat(store.get(key)).isEqualTo("1");
        assertThat(store.put("{" + key + "}new", "asked", Expiry.NEVER, Condition.IF_ABSENT))
                .isTrue();
        from.command("MIGRATE", RedisServer.HOST, "" + to.port(), key, "0", "5000");
        assertThat(store.get(key)).isEqualTo("1");
        assertThat(store.entry(key).version()).startsWith("1-");
        assertThat(store.put(
                        key,
                        "2",
                        Expiry.KEEP,
                        Condition.ifVersion(store.entry(key).version())))
                .isTrue();
        assertThat(OpenBackend.text(store.getAndDelete(key, Condition.ALWAYS).old()))
                .isEqualTo("2");
        assertThat(store.put(key, "3", Expiry.NEVER, Condition.IF_ABSENT)).isTrue();
        assertThatThrownBy(() -> store.scan("", 1_000)).isInstanceOf(StoreUnavailableException.class);

        to.command("CLUSTER", "SETSLOT", slot, "NODE", id(to));
        from.command("CLUSTER", "SETSLOT", slot, "NODE", id(to));
        assertThat(store.get(key)).isEqualTo("3");
        assertThat(store.touch(key, new Expiry.After(60_000))).isTrue();
        assertThat(store.get("{" + key + "}new")).isEqualTo("asked");
        assertThatThrownBy(() -> {
                    String cursor = before.next();
                    while (cursor != null) {
                        cursor = store.page("", cursor, 1_000).next();
                    }
                })
                .isInstanceOf(CursorExpiredException.class);
        cluster.nodes()
                .forEach(node -> RedisServer.await(
                        "all nodes know the new owner",
                        node.log(),
                        () -> ownerOf(key) == to && seesOwner(node, to, slot)));
        assertThat(store.keys("", 100)).hasSize(502);
    }

    @Test
    @DisplayName("a scan says that it can't go on when a slot has moved away and back")
    void slotMovedAndBack() {
        IntStream.range(0, 500).forEach(i -> store.put("{here}" + i, "v"));
        RedisServer home = ownerOf("there");
        RedisServer away = cluster.nodes().stream()
                .filter(node -> node != home)
                .findFirst()
                .orElseThrow();
        String cursor = store.page("", null, 10).next();
        moveEmptySlot("there", home, away);
        moveEmptySlot("there", away, home);
        assertThatThrownBy(() -> goOn(cursor)).isInstanceOf(CursorExpiredException.class);
        assertThat(store.keys("", 100)).hasSize(500);
    }

    @Test
    @DisplayName("a cursor that names a server outside the cluster leads nowhere")
    void forgedCursor() {
        try (Impostor impostor = Impostor.inPlainText("")) {
            assertThatThrownBy(() -> goOn(impostor.address() + "/0a//7/")).isInstanceOf(CursorExpiredException.class);
            assertThat(impostor.visits()).isZero();
        }
    }

    private void moveEmptySlot(String key, RedisServer from, RedisServer to) {
        String slot = "" + JedisClusterCRC16.getSlot(key);
        to.command("CLUSTER", "SETSLOT", slot, "IMPORTING", id(from));
        from.command("CLUSTER", "SETSLOT", slot, "MIGRATING", id(to));
        to.command("CLUSTER", "SETSLOT", slot, "NODE", id(to));
        from.command("CLUSTER", "SETSLOT", slot, "NODE", id(to));
        cluster.nodes()
                .forEach(node -> RedisServer.await(
                        "all nodes know the new owner",
                        node.log(),
                        () -> slotsOf(to, node).equals(slotsOf(to, to))));
    }

    /** The configuration epoch, the state and the slots of a node, as another sees them. */
    private static String slotsOf(RedisServer owner, RedisServer asked) {
        return text(asked.command("CLUSTER", "NODES"))
                .lines()
                .filter(line -> line.startsWith(id(owner)))
                .map(line -> line.replaceFirst("(\\S+ ){6}", ""))
                .findFirst()
                .orElse("");
    }

    private void goOn(String cursor) {
        String next = cursor;
        while (next != null) {
            next = store.page("", next, 1_000).next();
        }
    }

    @Test
    @DisplayName("a node that hangs makes its keys unavailable and no others, and comes back")
    void nodeHangs() {
        for (RedisServer hung : cluster.nodes()) {
            String lost = keyOn(hung);
            String kept = keyOn(cluster.nodes().stream()
                    .filter(node -> node != hung)
                    .findFirst()
                    .orElseThrow());
            store.put(lost, "v");
            store.put(kept, "v");
            Duration timeout = Duration.ofMillis(400);
            try (OpenBackend hurried = OpenBackend.open("redis+cluster://" + cluster.addresses(), timeout)) {
                hung.freeze();
                assertThatThrownBy(() -> hurried.get(lost)).isInstanceOf(StoreTimeoutException.class);
                assertThat(hurried.get(kept)).isEqualTo("v");
                assertThatThrownBy(() -> hurried.get(lost)).isInstanceOf(StoreTimeoutException.class);
                assertThat(hurried.get(kept)).isEqualTo("v");
            } finally {
                hung.thaw();
            }
            Awaitility.await().ignoreExceptions().until(() -> "v".equals(store.get(lost)));
        }
    }

    @Test
    @DisplayName(
            "what shares a trip with keys of a node that hangs, and was not sent in time, is known not to be carried out")
    void nodeHangsInBatch() {
        RedisServer hung = cluster.nodes().get(0);
        String lost = keyOn(hung);
        String kept = keyOn(cluster.nodes().get(1));
        store.put(kept, "old");
        try (OpenBackend hurried = OpenBackend.open("redis+cluster://" + cluster.addresses(), Duration.ofMillis(400))) {
            hurried.getAll(List.of(lost, kept));
            hung.freeze();
            List<Object> outcomes = hurried.all(List.of(
                    hurried.putCommand(lost, "new", Expiry.NEVER, Condition.ALWAYS),
                    hurried.putCommand(kept, "new", Expiry.NEVER, Condition.ALWAYS)));
            assertThat(outcomes.get(0)).isInstanceOf(OutcomeUnknownException.class);
            assertThat(outcomes.get(1)).isInstanceOf(StoreTimeoutException.class);
        } finally {
            hung.thaw();
        }
        assertThat(store.get(kept)).isEqualTo("old");
        Awaitility.await().ignoreExceptions().until(() -> store.put(lost, "works"));
    }

    @Test
    @DisplayName(
            "what is sent again to a node that hangs keeps nobody longer than the first command of the batch may take")
    void nodeHangsInSecondTrip() {
        RedisServer home = cluster.nodes().get(0);
        RedisServer hung = cluster.nodes().get(1);
        String there = keysOn(home).get(0);
        String moving = keysOn(home).get(1);
        String slot = "" + JedisClusterCRC16.getSlot(moving);
        store.put(there, "v");
        hung.command("CLUSTER", "SETSLOT", slot, "IMPORTING", id(home));
        home.command("CLUSTER", "SETSLOT", slot, "MIGRATING", id(hung));
        hung.freeze();
        try {
            long begin = System.nanoTime();
            List<Object> outcomes = store.all(List.of(
                    new Get(OpenBackend.key(there), Get.Want.VALUE, Deadline.after(Duration.ofMillis(400))),
                    new Get(OpenBackend.key(moving), Get.Want.VALUE, store.deadline())));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
            assertThat(OpenBackend.text((Stored) outcomes.get(0))).isEqualTo("v");
            assertThat(outcomes.get(1)).isInstanceOf(StoreTimeoutException.class);
        } finally {
            hung.thaw();
            home.command("CLUSTER", "SETSLOT", slot, "STABLE");
            hung.command("CLUSTER", "SETSLOT", slot, "STABLE");
        }
        assertThat(store.put(moving, "works")).isTrue();
    }

    private String keyOn(RedisServer node) {
        return keysOn(node).get(0);
    }

    /** Two keys of different slots. */
    private List<String> keysOn(RedisServer node) {
        return IntStream.range(0, 1_000)
                .mapToObj(i -> "key" + i)
                .filter(key -> ownerOf(key) == node)
                .limit(2)
                .toList();
    }

    private RedisServer ownerOf(String key) {
        int slot = JedisClusterCRC16.getSlot(key);
        List<?> ranges = (List<?>) cluster.nodes().get(0).command("CLUSTER", "SLOTS");
        for (Object range : ranges) {
            List<?> parts = (List<?>) range;
            if ((Long) parts.get(0) <= slot && slot <= (Long) parts.get(1)) {
                long port = (Long) ((List<?>) parts.get(2)).get(1);
                return cluster.nodes().stream()
                        .filter(node -> node.port() == port)
                        .findFirst()
                        .orElseThrow();
            }
        }
        throw new AssertionError("nobody owns slot " + slot);
    }

    private boolean seesOwner(RedisServer node, RedisServer owner, String slot) {
        String nodes = text(node.command("CLUSTER", "NODES"));
        return nodes.lines().anyMatch(line -> line.startsWith(id(owner)) && line.contains(" " + slot));
    }

    private static String id(RedisServer node) {
        return text(node.command("CLUSTER", "MYID"));
    }

    private static String text(Object bulk) {
        return new String((byte[]) bulk, StandardCharsets.UTF_8);
    }
}
