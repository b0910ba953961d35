package io.cuttlestore.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.AccessDeniedException;
import io.cuttlestore.CorruptEntryException;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Stored;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What the commands of a store do to Redis")
class RedisCommandsTest {

    @Nested
    @DisplayName("on the present version")
    class Present extends Commands {
        @Override
        RedisServer start() {
            return RedisServer.start();
        }
    }

    @Nested
    @DisplayName("on 6.2, which has no PEXPIRETIME")
    class Six extends Commands {
        @Override
        RedisServer start() {
            return RedisServer.builder().binary(EmbeddedRedis.binary()).start();
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Commands {
        private RedisServer server;
        private OpenBackend store;

        abstract RedisServer start();

        @BeforeAll
        void open() {
            server = start();
            store = OpenBackend.open(server);
        }

        @AfterAll
        void close() {
            store.close();
            server.close();
        }

        @BeforeEach
        void empty() {
            server.command("FLUSHALL");
            CommandCounts.reset(server);
        }

        @Test
        @DisplayName("a value is stored plainly under its key, for any other program to read")
        void plain() {
            store.put("user:1", "Ada", Expiry.after(Duration.ofMinutes(1)), Condition.ALWAYS);
            assertThat(reply("GET", "user:1")).isEqualTo("Ada");
            assertThat((Long) server.command("PTTL", "user:1")).isBetween(50_000L, 60_000L);
        }

        @Test
        @DisplayName("the version of a value is its length and SHA-1, today as ever")
        void versionFormat() {
            store.put("k", "foo");
            assertThat(store.entry("k").version()).isEqualTo("3-0beec7b5ea3f0fdbc95d0dd47f3c5bc275da8a33");
        }

        @Test
        @DisplayName("a value that another program stored is read")
        void fromOthers() {
            server.command("SET", "theirs", "42", "PX", "60000");
            assertThat(store.get("theirs")).isEqualTo("42");
            assertThat(store.entry("theirs").expiresAt() - System.currentTimeMillis())
                    .isBetween(50_000L, 60_100L);
        }

        @Test
        @DisplayName("an entry without a deadline never expires, and one with keeps it when told so")
        void deadlines() {
            store.put("k", "1");
            assertThat(store.entry("k").expiresAt()).isEqualTo(Stored.NEVER);
            long soon = System.currentTimeMillis() + 60_000;
            store.put("k", "2", Expiry.at(Instant.ofEpochMilli(soon)), Condition.ALWAYS);
            store.put("k", "3", Expiry.KEEP, Condition.ALWAYS);
            assertThat(store.entry("k").expiresAt()).isBetween(soon - 1, soon + 1);
            store.put("k", "4");
            assertThat(store.entry("k").expiresAt()).isEqualTo(Stored.NEVER);
        }

        @Test
        @DisplayName("a deadline that has passed leaves nothing, and one too far away means never")
        void extremes() {
            store.put("k", "1");
            assertThat(store.put("k", "2", new Expiry.At(Long.MIN_VALUE), Condition.ALWAYS))
                    .isTrue();
            assertThat(store.contains("k")).isFalse();
            assertThat(store.put("k", "3", new Expiry.At(1), Condition.IF_ABSENT))
                    .isTrue();
            assertThat(store.contains("k")).isFalse();
            store.put("k", "4", new Expiry.After(Long.MAX_VALUE), Condition.ALWAYS);
            assertThat(store.entry("k").expiresAt()).isEqualTo(Stored.NEVER);
            assertThat(store.touch("k", new Expiry.After(Long.MAX_VALUE))).isTrue();
            assertThat(store.entry("k").expiresAt()).isEqualTo(Stored.NEVER);
            assertThat(store.touch("k", new Expiry.At(0))).isTrue();
            assertThat(store.contains("k")).isFalse();
        }

        @Test
        @DisplayName("a touch sets and removes deadlines and never revives")
        void touch() {
            store.put("k", "v");
            String version = store.entry("k").version();
            assertThat(store.touch("k", new Expiry.After(60_000))).isTrue();
            assertThat(store.entry("k").expiresAt()).isNotEqualTo(Stored.NEVER);
            assertThat(store.touch("k", Expiry.NEVER)).isTrue();
            assertThat(store.entry("k").expiresAt()).isEqualTo(Stored.NEVER);
            assertThat(store.entry("k").version()).isEqualTo(version);
            assertThat(store.touch("absent", Expiry.NEVER)).isFalse();
            assertThat(store.contains("absent")).isFalse();
        }

        @Test
        @DisplayName("replace and delete by version act on that value only, the empty one included")
        void versions() {
            store.put("k", "");
            String empty = store.entry("k").version();
            assertThat(store.put("k", "new", Expiry.KEEP, Condition.ifVersion(empty)))
                    .isTrue();
            assertThat(store.put("k", "newer", Expiry.KEEP, Condition.ifVersion(empty)))
                    .isFalse();
            assertThat(store.put("absent", "v", Expiry.KEEP, Condition.ifVersion(empty)))
                    .isFalse();
            assertThat(store.put("k", "newer", Expiry.KEEP, Condition.ifVersion("nonsense")))
                    .isFalse();
            assertThat(store.delete("k", empty)).isFalse();
            String version = store.entry("k").version();
            assertThat(store.delete("k", version)).isTrue();
            assertThat(store.delete("k", version)).isFalse();
        }

        @Test
        @DisplayName("what is deleted comes back whole when it is wanted")
        void oldValue() {
            store.put("k", "v", new Expiry.After(60_000), Condition.ALWAYS);
            Stored seen = store.entry("k");
            assertThat(store.getAndDelete("k", Condition.ifVersion("0-0")).deleted())
                    .isFalse();
            Stored old =
                    store.getAndDelete("k", Condition.ifVersion(seen.version())).old();
            assertThat(OpenBackend.text(old)).isEqualTo("v");
            assertThat(old.version()).isEqualTo(seen.version());
            assertThat(old.expiresAt()).isBetween(seen.expiresAt() - 2, seen.expiresAt() + 2);
            store.put("k", "w");
            assertThat(OpenBackend.text(
                            store.getAndDelete("k", Condition.ALWAYS).old()))
                    .isEqualTo("w");
            assertThat(store.getAndDelete("k", Condition.ALWAYS).deleted()).isFalse();
        }

        @Test
        @DisplayName("another Redis type is refused by everything but the put and delete that name it, and stays")
        void foreign() {
            server.command("RPUSH", "list", "a", "b");
            Stream.<Runnable>of(
                            () -> store.get("list"),
                            () -> store.contains("list"),
                            () -> store.entry("list"),
                            () -> store.touch("list", new Expiry.After(1)),
                            () -> store.put("list", "v", Expiry.NEVER, Condition.ifVersion("1-0")),
                            () -> store.delete("list", "1-0"),
                            () -> store.getAndDelete("list", Condition.ALWAYS),
                            () -> store.getAndDelete("list", Condition.ifVersion("1-0")))
                    .forEach(refused -> assertThatThrownBy(refused::run).isInstanceOf(CorruptEntryException.class));
            assertThat(store.put("list", "v", Expiry.NEVER, Condition.IF_ABSENT))
                    .isFalse();
            assertThat((Long) server.command("LLEN", "list")).isEqualTo(2);
            assertThat((Long) server.command("PTTL", "list")).isEqualTo(-1);

            assertThat(store.put("list", "v")).isTrue();
            assertThat(store.get("list")).isEqualTo("v");
            server.command("HSET", "hash", "f", "v");
            assertThat(store.delete("hash")).isTrue();
            assertThat(store.contains("hash")).isFalse();
        }

        @Test
        @DisplayName("many commands go in one batch, each with its own outcome")
        void batch() {
            server.command("HSET", "hash", "f", "v");
            List<Object> outcomes = store.all(List.of(
                    store.putCommand("a", "1", Expiry.NEVER, Condition.ALWAYS),
                    store.putCommand("a", "2", Expiry.NEVER, Condition.IF_ABSENT),
                    new Get(OpenBackend.key("a"), Get.Want.VALUE, store.deadline()),
                    new Get(OpenBackend.key("hash"), Get.Want.VALUE, store.deadline()),
                    store.putCommand("b", "3", Expiry.NEVER, Condition.IF_ABSENT)));
            assertThat(outcomes.get(0)).isEqualTo(true);
            assertThat(outcomes.get(1)).isEqualTo(false);
            assertThat(OpenBackend.text((Stored) outcomes.get(2))).isEqualTo("1");
            assertThat(outcomes.get(3)).isInstanceOf(CorruptEntryException.class);
            assertThat(outcomes.get(4)).isEqualTo(true);
        }

        @Test
        @DisplayName("many plain reads are one MGET, and one EXISTS of what it shows as absent")
        void manyReads() {
            List<String> keys = IntStream.range(0, 1_000).mapToObj(i -> "k" + i).toList();
            keys.forEach(key -> store.put(key, key));
            assertThat(store.getAll(keys)).isEqualTo(keys);
            assertThat(calls("mget")).isEqualTo(1);
            assertThat(calls("exists")).isZero();
            store.delete("k7");
            assertThat(store.getAll(keys).get(7)).isNull();
            assertThat(calls("mget")).isEqualTo(2);
            assertThat(calls("exists")).isEqualTo(1);
            assertThat(calls("get")).isZero();
        }

        @Test
        @DisplayName("many plain writes are MSETs, which leave no deadline and replace other types, as SET does")
        void manyWrites() {
            List<String> keys = IntStream.range(0, 1_000).mapToObj(i -> "k" + i).toList();
            store.put("k1", "old", new Expiry.After(60_000), Condition.ALWAYS);
            server.command("RPUSH", "k2", "a", "b");
            CommandCounts.reset(server);
            assertThat(putAll(keys, Expiry.NEVER)).hasSize(1_000).containsOnly(true);
            assertThat(calls("mset")).isEqualTo(4);
            assertThat(calls("set")).isZero();
            assertThat(store.getAll(keys)).isEqualTo(keys);
            assertThat((Long) server.command("PTTL", "k1")).isEqualTo(-1);
        }

        @Test
        @DisplayName("many writes with a time to live, under a condition, or on one key are a pipeline")
        void manyOtherWrites() {
            List<String> keys = IntStream.range(0, 200).mapToObj(i -> "k" + i).toList();
            assertThat(putAll(keys, new Expiry.After(60_000))).containsOnly(true);
            assertThat(putAll(keys, Expiry.KEEP)).containsOnly(true);
            assertThat((Long) server.command("PTTL", "k7")).isPositive();
            assertThat(store.all(keys.stream()
                            .map(key -> store.putCommand(key, "other", Expiry.NEVER, Condition.IF_ABSENT))
                            .toList()))
                    .containsOnly(false);
            assertThat(store.all(IntStream.range(0, 200)
                            .mapToObj(i -> store.putCommand("k7", "v" + i, Expiry.NEVER, Condition.ALWAYS))
                            .toList()))
                    .containsOnly(true);
            assertThat(store.get("k7")).isEqualTo("v199");
            assertThat(calls("mset")).isZero();
        }

        @Test
        @DisplayName("where MSET is refused, each is written by itself and has its own outcome")
        void refusedWrites() {
            List<String> keys = IntStream.range(0, 300).mapToObj(i -> "k" + i).toList();
            server.command("ACL", "SETUSER", "default", "-mset", "resetkeys", "~k*");
            try {
                List<String> all = new ArrayList<>(keys);
                all.set(7, "forbidden");
                List<Object> outcomes = putAll(all, Expiry.NEVER);
                assertThat(outcomes.get(7)).isInstanceOf(AccessDeniedException.class);
                outcomes.remove(7);
                assertThat(outcomes).hasSize(299).containsOnly(true);
            } finally {
                server.command("ACL", "SETUSER", "default", "+mset", "allkeys");
            }
            assertThat(calls("set")).isEqualTo(299);
            assertThat(store.get("k299")).isEqualTo("k299");
        }

        private List<Object> putAll(List<String> keys, Expiry expiry) {
            return new ArrayList<>(store.all(keys.stream()
                    .map(key -> store.putCommand(key, key, expiry, Condition.ALWAYS))
                    .toList()));
        }

        @Test
        @DisplayName("few plain reads are a pipeline, which takes no second trip for absent ones")
        void fewReads() {
            store.put("a", "1");
            store.put("b", "");
            assertThat(store.getAll(List.of("a", "absent", "b"))).containsExactly("1", null, "");
            assertThat(calls("get")).isEqualTo(3);
            assertThat(calls("mget")).isZero();
        }

        @ParameterizedTest(name = "of {0}")
        @ValueSource(ints = {3, 1_000})
        @DisplayName("a foreign type among many reads is refused and not absent, and what is absent is absent")
        void foreignAmongReads(int count) {
            store.put("0", "1");
            server.command("HSET", "1", "f", "v");
            List<Object> outcomes = store.getAll(
                    IntStream.range(0, count).mapToObj(Integer::toString).toList());
            assertThat(outcomes.get(0)).isEqualTo("1");
            assertThat(outcomes.get(1)).isInstanceOf(CorruptEntryException.class);
            assertThat(outcomes.subList(2, count)).containsOnlyNulls();
        }

        @Test
        @DisplayName("scripts that the server has forgotten are sent anew, in a batch too")
        void forgottenScripts() {
            store.put("k", "v");
            assertThat(store.touch("k", new Expiry.After(60_000))).isTrue();
            server.command("SCRIPT", "FLUSH");
            assertThat(store.touch("k", Expiry.NEVER)).isTrue();
            server.command("SCRIPT", "FLUSH");
            String version = store.entry("k").version();
            List<Object> outcomes = store.all(List.of(
                    store.putCommand("k", "w", Expiry.NEVER, Condition.ifVersion(version)),
                    store.putCommand("k", "x", Expiry.NEVER, Condition.ALWAYS),
                    store.putCommand("k", "y", Expiry.NEVER, Condition.ifVersion(version))));
            assertThat(outcomes).containsExactly(true, true, false);
            assertThat(store.get("k")).isEqualTo("x");
        }

        @Test
        @DisplayName("keys of any characters and long values survive")
        void oddKeys() {
            List<String> keys = List.of("\0", "a\r\nb", "*?[]\\", "7", "007", " 7", "é", "e\u0301", "😀", "{tag}");
            keys.forEach(key -> store.put(key, "value of " + key));
            assertThat(store.getAll(keys))
                    .isEqualTo(keys.stream()
                            .map(key -> (Object) ("value of " + key))
                            .toList());
            String large = "x".repeat(3_000_000);
            store.put("large", large);
            assertThat(store.get("large")).isEqualTo(large);
            assertThat(store.put(
                            "large",
                            "",
                            Expiry.NEVER,
                            Condition.ifVersion(store.entry("large").version())))
                    .isTrue();
        }

        @Test
        @DisplayName("a batch of thousands is one pipeline")
        void thousands() {
            List<String> keys = new ArrayList<>(
                    IntStream.range(0, 5_000).mapToObj(i -> "k" + i).toList());
            assertThat(store.all(keys.stream()
                            .map(key -> store.putCommand(key, key, Expiry.NEVER, Condition.ALWAYS))
                            .toList()))
                    .allMatch(Boolean.TRUE::equals);
            assertThat(store.getAll(keys)).isEqualTo(keys);
        }

        private String reply(String command, String... arguments) {
            return new String((byte[]) server.command(command, arguments), StandardCharsets.UTF_8);
        }

        private long calls(String command) {
            return CommandCounts.of(server).calls(command);
        }
    }
}
