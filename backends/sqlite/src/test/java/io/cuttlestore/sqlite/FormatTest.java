package io.cuttlestore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.Entry;
import io.cuttlestore.IncompatibleStoreException;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.Version;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.ScanRequest;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What is stored, byte by byte: docs/formats.md. */
class FormatTest extends SqliteTest {
    private static final Instant DEADLINE = Instant.parse("2999-12-31T23:59:59.999Z");

    /** Writes what the golden files hold. */
    static void write(String url) {
        try (CuttlestoreConnection connection = CuttlestoreConnection.open(url)) {
            Cuttlestore<byte[]> root = connection.store(byte[].class);
            root.put("bytes", new byte[] {0, 1, (byte) 0x80, (byte) 0xFF});
            root.put("empty", new byte[0]);
            Cuttlestore<String> texts = connection.store("texts", String.class);
            texts.put("plain", "readable");
            texts.put("deadline", "readable until 2999", PutOptions.expireAt(DEADLINE));
            for (String key : List.of("7", "007", "7.0", " 7", "é", "e\u0301", "\uD83E\uDD91", "a\0b", "../x", "%_*")) {
                texts.put(key, "of '" + key + "'");
            }
            texts.put("large", "0123456789".repeat(1000));
        }
    }

    private void takeGolden(String name) throws Exception {
        try (InputStream golden = Objects.requireNonNull(FormatTest.class.getResourceAsStream("/" + name), name)) {
            Files.copy(golden, file());
        }
    }

    @Test
    void theFirstFormatIsRead() throws Exception {
        takeGolden("format-2.db");
        try (CuttlestoreConnection connection = CuttlestoreConnection.open(url())) {
            Cuttlestore<byte[]> root = connection.store(byte[].class);
            assertThat(root.get("bytes")).hasValue(new byte[] {0, 1, (byte) 0x80, (byte) 0xFF});
            assertThat(root.get("empty")).hasValue(new byte[0]);
            Cuttlestore<String> texts = connection.store("texts", String.class);
            assertThat(texts.get("plain")).hasValue("readable");
            Entry<String> deadline = texts.entry("deadline").orElseThrow();
            assertThat(deadline.value()).isEqualTo("readable until 2999");
            assertThat(deadline.expiresAt()).hasValue(DEADLINE);
            for (String key : List.of("7", "007", "7.0", " 7", "é", "e\u0301", "\uD83E\uDD91", "a\0b", "../x", "%_*")) {
                assertThat(texts.get(key)).as(key).hasValue("of '" + key + "'");
            }
            assertThat(texts.get("large")).hasValue("0123456789".repeat(1000));
            try (var all = root.keys(ScanOptions.all())) {
                assertThat(all).hasSize(15);
            }
        }
    }

    @Test
    void aVersionThatWasPrintedLongAgoStillFits() throws Exception {
        takeGolden("format-2.db");
        try (Cuttlestore<byte[]> store = Cuttlestore.open(url(), byte[].class)) {
            Version version = Version.parse("6f93a85e3aed0525.3a184a3d45a5eda3");
            assertThat(store.entry("bytes").orElseThrow().version()).isEqualTo(version);
            assertThat(store.replace("bytes", version, new byte[1])).isTrue();
        }
    }

    @Test
    void whatIsWrittenTodayIsWhatTheGoldenFileHolds() throws Exception {
        write("sqlite://" + folder.resolve("today.db"));
        takeGolden("format-2.db");
        assertThat(dump(folder.resolve("today.db"))).isEqualTo(dump(file()));
    }

    /** All that does not depend on chance: versions and store id do. */
    private static Map<String, List<String>> dump(Path database) throws Exception {
        return Map.of(
                "application", rows(database, "PRAGMA application_id"),
                "format", rows(database, "PRAGMA user_version"),
                "encoding", rows(database, "PRAGMA encoding"),
                "journal", rows(database, "PRAGMA journal_mode"),
                "page size", rows(database, "PRAGMA page_size"),
                "schema", rows(database, "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema"),
                "meta", rows(database, "SELECT name || ' ' || length(value) FROM meta ORDER BY name"),
                "entries", rows(database, "SELECT hex(k) || ' ' || exp || ' ' || hex(v) FROM entry ORDER BY k"));
    }

    private static List<String> rows(Path database, String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }

    @Test
    void anOperatorReadsPlainKeysAndValues() throws Exception {
        write(url());
        assertThat(query(file(), "SELECT CAST(v AS TEXT) FROM entry WHERE k = CAST('texts:plain' AS BLOB)"))
                .isEqualTo("readable");
        assertThat(
                        query(
                                file(),
                                "SELECT datetime(exp / 1000000, 'unixepoch') FROM entry WHERE k = CAST('texts:deadline' AS BLOB)"))
                .isEqualTo("2999-12-31 23:59:59");
    }

    @Test
    void whatAnOperatorWritesIsAnEntry() throws Exception {
        Cuttlestore.open(url(), String.class).close();
        execute(
                file(),
                "INSERT INTO entry (k, ver, exp, v)"
                        + " VALUES (CAST('k' AS BLOB), random() << 32 | 0xC0DE600D, 9223372036854775807,"
                        + " CAST('by hand' AS BLOB))");
        try (Cuttlestore<String> store = Cuttlestore.open(url(), String.class)) {
            assertThat(store.get("k")).hasValue("by hand");
        }
    }

    @Test
    void theFormatBeforeTheFirstReleaseIsRefused() throws Exception {
        takeGolden("format-2.db");
        execute(file(), "PRAGMA user_version = 1");
        assertThatThrownBy(() -> Cuttlestore.open(url(), String.class))
                .isInstanceOf(IncompatibleStoreException.class)
                .hasMessageContaining("has format 1");
    }

    @Test
    void aRowWhoseKeyIsNoTextIsSkippedAndStays() throws Exception {
        try (Backend backend = open(url(), new Clock());
                Cuttlestore<String> store = Cuttlestore.open(url(), String.class)) {
            store.put("a", "1");
            store.put("b", "2");
            execute(file(), "INSERT INTO entry (k, ver, exp, v) VALUES (x'61FE', 1, 9223372036854775807, x'00')");
            try (var keys = store.keys(ScanOptions.all().pageSize(1))) {
                assertThat(keys).containsExactly("a", "b");
            }
            String cursor = null;
            do {
                cursor = backend.clear(new ScanRequest("", cursor, 1, true, Deadline.NONE));
            } while (cursor != null);
            assertThat(store.contains("a")).isFalse();
            assertThat(store.contains("b")).isFalse();
            assertThat(query(file(), "SELECT hex(k) FROM entry")).isEqualTo("61FE");
        }
    }

    @Test
    void cursorsOfOthersAreRefused() {
        try (Backend backend = open(url(), new Clock())) {
            for (String cursor : List.of("zz", "6", "62")) {
                assertThatThrownBy(() -> backend.page(new ScanRequest("a", cursor, 5, false, Deadline.NONE)))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> backend.clear(new ScanRequest("a", cursor, 5, false, Deadline.NONE)))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }
}
