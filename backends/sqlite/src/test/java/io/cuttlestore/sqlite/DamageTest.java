package io.cuttlestore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.BatchException;
import io.cuttlestore.CorruptEntryException;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Entry;
import io.cuttlestore.PutOptions;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of rows in which bits have turned. */
class DamageTest extends SqliteTest {
    private static final String OF_A = " WHERE k = CAST('a' AS BLOB)";

    private final Clock clock = new Clock();
    private Backend backend;
    private Cuttlestore<String> store;

    @BeforeEach
    void fill() {
        backend = open(url(), clock);
        store = Cuttlestore.builder(backend).open(String.class);
        store.put("a", "value of a", PutOptions.expireAt(clock.instant().plus(Duration.ofHours(1))));
        store.put("b", "value of b");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v = CAST('value of A' AS BLOB)",
                "v = CAST('value of ' AS BLOB)",
                "v = x''",
                "v = (SELECT v FROM entry WHERE k = CAST('b' AS BLOB))",
                "v = (SELECT v FROM entry WHERE k = CAST('b' AS BLOB)), ver = (SELECT ver FROM entry WHERE k = CAST('b' AS BLOB))",
                "ver = ver + 1",
                "ver = 0",
                "exp = exp + 1",
                "exp = exp - (1 << 55)",
                "exp = 0",
                "exp = -1"
            })
    void aDamagedRowIsNeitherReadNorLost(String damage) throws Exception {
        execute(file(), "UPDATE entry SET " + damage + OF_A);
        String damaged = row();
        assertThatThrownBy(() -> store.get("a"))
                .isInstanceOf(CorruptEntryException.class)
                .hasMessageContaining("'a'");
        assertThatThrownBy(() -> store.entry("a")).isInstanceOf(CorruptEntryException.class);
        assertThatThrownBy(() -> store.getAndDelete("a")).isInstanceOf(CorruptEntryException.class);
        assertThatThrownBy(() -> store.update("a", old -> Optional.empty())).isInstanceOf(CorruptEntryException.class);
        assertThatThrownBy(() -> store.getAll(List.of("a", "b")))
                .isInstanceOfSatisfying(
                        BatchException.class,
                        e -> assertThat(e.causes())
                                .containsOnlyKeys("a")
                                .allSatisfy(
                                        (key, cause) -> assertThat(cause).isInstanceOf(CorruptEntryException.class)));
        assertThat(store.contains("a")).isTrue();
        assertThat(store.putIfAbsent("a", "another")).isFalse();
        try (Stream<Entry<String>> entries = store.scan()) {
            assertThat(entries.map(Entry::key)).containsExactly("b");
        }
        assertThat(backend.deleteExpired(100, Deadline.NONE)).isZero();
        assertThat(row()).isEqualTo(damaged);
        assertThat(store.get("b")).hasValue("value of b");
    }

    @Test
    void aDamagedRowIsReplacedByAPut() throws Exception {
        execute(file(), "UPDATE entry SET v = x'', exp = 0" + OF_A);
        store.put("a", "new");
        assertThat(store.get("a")).hasValue("new");
        store.putAll(Map.of("a", "newer"));
        assertThat(store.get("a")).hasValue("newer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v = x''", "exp = 0"})
    void aDamagedRowIsDeletedByName(String damage) throws Exception {
        execute(file(), "UPDATE entry SET " + damage + OF_A);
        store.delete("a");
        assertThat(store.get("a")).isEmpty();
        assertThat(row()).isEmpty();
    }

    @Test
    void aRowThatExpiredIsAbsentThoughItsValueIsDamaged() throws Exception {
        execute(file(), "UPDATE entry SET v = x''" + OF_A);
        clock.advance(Duration.ofHours(1));
        assertThat(store.get("a")).isEmpty();
        assertThat(backend.deleteExpired(100, Deadline.NONE)).isOne();
    }

    private String row() throws Exception {
        return query(file(), "SELECT hex(k) || ' ' || ver || ' ' || exp || ' ' || hex(v) FROM entry" + OF_A);
    }
}
