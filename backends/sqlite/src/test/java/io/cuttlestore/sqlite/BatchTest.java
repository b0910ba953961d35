package io.cuttlestore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreTimeoutException;
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
import io.cuttlestore.spi.Stored;
import io.cuttlestore.spi.Touch;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many commands in one trip. */
class BatchTest extends SqliteTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Clock clock = new Clock();
    private Backend backend;

    @BeforeEach
    void open() {
        backend = open(url(), clock);
    }

    @AfterEach
    void close() {
        backend.close();
    }

    /** A call that remembers how it ended. */
    private static final class Recorded<R extends @Nullable Object> implements Call<R> {
        private final Command<R> command;
        private final List<Object> endings = new ArrayList<>();

        Recorded(Command<R> command) {
            this.command = command;
        }

        @Override
        public Command<R> command() {
            return command;
        }

        @Override
        public void complete(R reply) {
            endings.add(reply == null ? "absent" : reply);
        }

        @Override
        public void fail(CuttlestoreException failure) {
            endings.add(failure);
        }

        Object ending() {
            assertThat(endings).as("endings of %s", command).hasSize(1);
            Object ending = endings.get(0);
            return ending instanceof Stored stored ? text(stored) : ending;
        }
    }

    private List<Object> endings(Command<?>... commands) {
        List<Recorded<?>> calls =
                Stream.of(commands).<Recorded<?>>map(Recorded::new).toList();
        backend.executeAll(calls);
        return calls.stream().map(Recorded::ending).toList();
    }

    private static String text(Stored stored) {
        return new String(stored.payload().bytes(), StandardCharsets.UTF_8);
    }

    private static Key key(String name) {
        return Namespace.ROOT.key(name);
    }

    private static Put put(String key, String value, Expiry expiry, Condition condition) {
        return new Put(key(key), Payload.of(value.getBytes(StandardCharsets.UTF_8)), expiry, condition, in(SECOND));
    }

    private static Put put(String key, String value) {
        return put(key, value, Expiry.NEVER, Condition.ALWAYS);
    }

    private static Get get(String key) {
        return new Get(key(key), Get.Want.VALUE, in(SECOND));
    }

    private static Get exists(String key) {
        return new Get(key(key), Get.Want.EXISTENCE, in(SECOND));
    }

    private static Delete delete(String key, boolean wantsOld) {
        return new Delete(key(key), Condition.ALWAYS, wantsOld, in(SECOND));
    }

    private static Deadline in(Duration duration) {
        return Deadline.after(duration);
    }

    @Test
    void commandsOnOneKeyKeepTheirOrder() {
        assertThat(endings(
                        put("k", "1"),
                        get("k"),
                        put("k", "2"),
                        put("k", "3"),
                        put("k", "4", Expiry.NEVER, Condition.IF_ABSENT),
                        get("k"),
                        delete("k", false),
                        delete("k", false),
                        get("k"),
                        put("k", "5", Expiry.NEVER, Condition.IF_ABSENT),
                        new Touch(key("k"), Expiry.after(SECOND), in(SECOND)),
                        exists("k")))
                .containsExactly(
                        true,
                        "1",
                        true,
                        true,
                        false,
                        "3",
                        DeleteResult.DELETED,
                        DeleteResult.NONE,
                        "absent",
                        true,
                        true,
                        "");
    }

    @Test
    void readsKeepTheirOrderAndMayRepeatKeys() {
        IntStream.range(0, 300).filter(i -> i % 3 != 0).forEach(i -> endings(put("k" + i, "v" + i)));
        Command<?>[] gets =
                IntStream.range(0, 600).mapToObj(i -> get("k" + i % 300)).toArray(Command<?>[]::new);
        Object[] expected = IntStream.range(0, 600)
                .mapToObj(i -> i % 3 == 0 ? "absent" : "v" + i % 300)
                .toArray();
        assertThat(endings(gets)).containsExactly(expected);
    }

    @Test
    void manyReadsSeekTheirKeysAndNothingElse() throws Exception {
        List<String> steps = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement();
                var step = statement.executeQuery("EXPLAIN QUERY PLAN " + ManyGets.query(4, ", v"))) {
            while (step.next()) {
                steps.add(step.getString("detail"));
            }
        }
        assertThat(steps)
                .contains("SEARCH entry USING INDEX sqlite_autoindex_entry_1 (k=?)")
                .noneMatch(step -> step.contains("SCAN entry") || step.contains("TEMP B-TREE"));
    }

    @Test
    void oneBatchSeesOneTime() {
        assertThat(endings(put("k", "v", Expiry.after(SECOND), Condition.ALWAYS)))
                .containsExactly(true);
        clock.advance(SECOND);
        assertThat(endings(get("k"), exists("k"), delete("k", true), delete("k", false)))
                .containsExactly("absent", "absent", DeleteResult.NONE, DeleteResult.NONE);
    }

    @Test
    void aCommandThatFailsFailsAlone() throws Exception {
        execute(
                file(),
                "CREATE TRIGGER nobody_may_write_b BEFORE INSERT ON entry WHEN NEW.k = CAST('b' AS BLOB)"
                        + " BEGIN SELECT RAISE(FAIL, 'not b'); END");
        List<Object> endings = endings(put("a", "1"), put("b", "2"), put("c", "3"), get("a"));
        assertThat(endings.get(0)).isEqualTo(true);
        assertThat(endings.get(1)).isInstanceOf(StoreFailedException.class);
        assertThat(endings.get(2)).isEqualTo(true);
        assertThat(endings.get(3)).isEqualTo("1");
        assertThat(endings(get("a"), get("b"), get("c"))).containsExactly("1", "absent", "3");
    }

    @Test
    void theFirstDeadlineBoundsTheTrip() throws Exception {
        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            long begin = System.nanoTime();
            List<Object> endings = endings(
                    new Put(
                            key("a"),
                            Payload.of(new byte[1]),
                            Expiry.NEVER,
                            Condition.ALWAYS,
                            in(Duration.ofMillis(100))),
                    new Put(
                            key("b"),
                            Payload.of(new byte[1]),
                            Expiry.NEVER,
                            Condition.ALWAYS,
                            in(Duration.ofSeconds(60))));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofMillis(100), SECOND);
            assertThat(endings).allMatch(StoreTimeoutException.class::isInstance);
            assertThat(endings.get(0)).isNotSameAs(endings.get(1));
            statement.execute("ROLLBACK");
        }
        assertThat(endings(exists("a"), exists("b"))).containsExactly("absent", "absent");
    }
}
