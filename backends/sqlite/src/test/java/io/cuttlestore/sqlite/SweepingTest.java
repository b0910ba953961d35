package io.cuttlestore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.PutOptions;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Deadline;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SweepingTest extends SqliteTest {
    private final Clock clock = new Clock();

    @Test
    void aSweepDeletesAsManyAsItMay() {
        try (Backend backend = open(url(), clock);
                Cuttlestore<String> store =
                        Cuttlestore.builder(url()).clock(clock).open(String.class)) {
            Map<String, String> entries = new HashMap<>();
            for (int i = 0; i < 1_300; i++) {
                entries.put("k" + i, "v");
            }
            store.putAll(entries, PutOptions.ttl(Duration.ofSeconds(1)));
            store.put("kept", "v");
            assertThat(backend.deleteExpired(2_000, Deadline.NONE)).isZero();
            clock.advance(Duration.ofSeconds(1));
            assertThat(backend.deleteExpired(700, Deadline.NONE)).isEqualTo(700);
            assertThat(backend.deleteExpired(2_000, Deadline.NONE)).isEqualTo(600);
            assertThat(backend.deleteExpired(2_000, Deadline.NONE)).isZero();
            assertThat(store.get("kept")).hasValue("v");
        }
    }

    @Test
    void aSweepSearchesByTheIndex() throws Exception {
        Cuttlestore.open(url(), String.class).close();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("EXPLAIN QUERY PLAN " + Removals.DELETE_EXPIRED)) {
            StringBuilder plan = new StringBuilder();
            while (row.next()) {
                plan.append(row.getString("detail")).append('\n');
            }
            assertThat(plan).contains("USING COVERING INDEX entry_exp (exp<?)").doesNotContain("SCAN", "TEMP B-TREE");
        }
    }

    @Test
    void aLogThatGrewLargeIsCutOff() throws Exception {
        try (Backend backend = open(url(), clock);
                Cuttlestore<byte[]> store = Cuttlestore.open(url(), byte[].class);
                Connection reader = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = reader.createStatement()) {
            store.put("k", new byte[1]);
            statement.execute("BEGIN");
            statement.executeQuery("SELECT * FROM entry").next();
            byte[] value = new byte[8 << 20];
            for (int i = 0; i < 9; i++) {
                value[0] = (byte) i;
                store.put("k" + i, value);
            }
            assertThat(log()).isGreaterThan(64L << 20);
            backend.deleteExpired(500, Deadline.after(Duration.ofSeconds(5)));
            assertThat(log()).as("while a reader needs it").isGreaterThan(64L << 20);
            statement.execute("COMMIT");
            backend.deleteExpired(500, Deadline.after(Duration.ofSeconds(5)));
            assertThat(log()).isZero();
            assertThat(store.get("k8")).hasValue(value);
        }
    }

    private long log() throws Exception {
        return Files.size(Path.of(file() + "-wal"));
    }
}
