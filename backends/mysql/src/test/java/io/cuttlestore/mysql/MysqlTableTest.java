package io.cuttlestore.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.IncompatibleStoreException;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.jdbc.KeyRange;
import io.cuttlestore.jdbc.Kind;
import io.cuttlestore.jdbc.Settings;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.ConnectionString;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Key;
import io.cuttlestore.spi.Namespace;
import io.cuttlestore.spi.Payload;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Touch;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The table of a MySQL store")
class MysqlTableTest {
    private static Cuttlestore<String> open(String url) {
        return Cuttlestore.open(url, String.class);
    }

    @Test
    @DisplayName("is as its page says: plain values under plain keys, deadlines in milliseconds")
    void format() {
        String url = MysqlServers.fresh();
        String table = MysqlServers.table(url);
        try (Cuttlestore<String> store = open(url)) {
            store.put("a:k", "v\u00e9", PutOptions.expireAt(java.time.Instant.ofEpochMilli(9_999_999_999_123L)));
            store.put("never", "");
            String version = store.entry("a:k").orElseThrow().version().toString();
            String id = version.substring(0, version.indexOf('.'));
            assertThat(MysqlServers.ask(
                            "SELECT table_comment FROM information_schema.tables WHERE table_name = '" + table + "'"))
                    .isEqualTo("cuttlestore 1 " + id);
            assertThat(MysqlServers.ask("SELECT concat(v, exp, ' ', lower(lpad(hex(ver), 16, '0'))) FROM " + table
                            + " WHERE k = 'a:k'"))
                    .isEqualTo("v\u00e99999999999123 " + version.substring(version.indexOf('.') + 1));
            assertThat(MysqlServers.ask("SELECT exp FROM " + table + " WHERE k = 'never'"))
                    .isEqualTo("9223372036854775807");
            MysqlServers.execute("INSERT INTO " + table + " VALUES ('foreign', 4711, 9223372036854775807, 'theirs')");
            assertThat(store.get("foreign")).hasValue("theirs");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE {t} (id int)",
                "CREATE VIEW {t} AS SELECT 1 AS k",
                "CREATE TABLE {t} (k varbinary(1024) PRIMARY KEY, ver bigint, exp bigint, v longblob)",
                "CREATE TABLE {t} (k varbinary(1024) PRIMARY KEY, v longtext) COMMENT 'cuttlestore 1 0123456789abcdef'",
                "CREATE TABLE {t} (k varbinary(1024), ver bigint, exp bigint, v longblob, INDEX (exp))"
                        + " COMMENT 'cuttlestore 1 0123456789abcdef'",
                "CREATE TABLE {t} (k varbinary(99) PRIMARY KEY, ver bigint, exp bigint, v longblob, INDEX (exp))"
                        + " ENGINE = MyISAM COMMENT 'cuttlestore 1 0123456789abcdef'",
                "CREATE TABLE {t} (k varbinary(255) PRIMARY KEY, ver bigint, exp bigint, v longblob, INDEX (exp))"
                        + " ENGINE = InnoDB COMMENT 'cuttlestore 1 0123456789abcdef'",
                "CREATE TABLE {t} (k varbinary(1024) PRIMARY KEY, ver bigint unsigned, exp bigint, v longblob, INDEX (exp))"
                        + " ENGINE = InnoDB COMMENT 'cuttlestore 1 0123456789abcdef'",
                "CREATE TABLE {t} (k varbinary(9)) COMMENT 'cuttlestore 2 0123456789abcdef'"
            })
    @DisplayName("is refused and left as it is if it is another application's, of another shape or of a newer format")
    void foreign(String definition) {
        String url = MysqlServers.fresh();
        String table = MysqlServers.table(url);
        MysqlServers.execute(definition.replace("{t}", table));
        assertThatThrownBy(() -> open(url))
                .isInstanceOf(IncompatibleStoreException.class)
                .hasMessageContaining(table)
                .hasMessageContaining("left as it is");
        assertThat(MysqlServers.ask("SELECT count(*) FROM " + table)).isIn("0", "1");
    }

    @Test
    @DisplayName("takes values together, each byte of which becomes two on the way, that one packet can't hold")
    void largeTogether() {
        Map<String, byte[]> entries =
                Map.of("a", new byte[4_000_000], "b", new byte[7 << 20], "c", new byte[7 << 20], "d", new byte[1]);
        try (Cuttlestore<byte[]> store = Cuttlestore.open(MysqlServers.fresh(), byte[].class)) {
            store.putAll(entries);
            assertThat(store.getAll(entries.keySet())).hasSize(entries.size());
            assertThat(store.get("b").orElseThrow()).hasSize(7 << 20);
        }
    }

    @Test
    @DisplayName("has what was acknowledged, and all of it, whatever the server sets for new connections")
    void hostileDefaults() {
        try (MysqlServer server = MysqlServer.start(
                "--skip-ssl",
                "--init-connect=SET autocommit=0, sql_select_limit=1, character_set_client=gbk",
                "--completion-type=CHAIN")) {
            server.execute("CREATE USER plain", "GRANT ALL ON app.* TO plain"); // who may do all has no init_connect
            String url = server.url("plain", "store");
            try (Cuttlestore<String> store = open(url);
                    Cuttlestore<String> other = open(url + "&pool-size=1")) {
                store.putIfAbsent("a", "1");
                store.put("b", "\u00e9'\\");
                assertThat(other.getAll(List.of("a", "b"))).isEqualTo(Map.of("a", "1", "b", "\u00e9'\\"));
                other.delete("a");
                assertThat(store.contains("a")).isFalse();
            }
        }
    }

    @Test
    @DisplayName("is not made where only what exists is wanted")
    void existing() {
        String url = MysqlServers.fresh();
        assertThatThrownBy(() -> Cuttlestore.builder(url).existing().connect())
                .isInstanceOf(InvalidConnectionStringException.class)
                .hasMessageContaining("there is no store at");
        assertThat(MysqlServers.ask("SHOW TABLES LIKE '" + MysqlServers.table(url) + "'"))
                .isNull();
        open(url).close();
        Cuttlestore.builder(url).existing().connect().close();
    }

    @Test
    @DisplayName("is made once, however many open it at the same time")
    void madeOnce() {
        String url = MysqlServers.fresh();
        List<CompletableFuture<Cuttlestore<String>>> opening = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> open(url)))
                .limit(6)
                .toList();
        List<Cuttlestore<String>> stores =
                opening.stream().map(CompletableFuture::join).toList();
        stores.get(0).put("k", "v");
        for (Cuttlestore<String> store : stores) {
            assertThat(store.get("k")).hasValue("v");
            assertThat(store.connection().location()).contains("?table=store");
            store.close();
        }
    }

    @Test
    @DisplayName("may hold rows that are no entries: a scan goes past them, and a clear leaves them")
    void rowsThatAreNoEntries() {
        String url = MysqlServers.fresh();
        String table = MysqlServers.table(url);
        try (Cuttlestore<String> store = open(url)) {
            store.put("a", "v");
            store.put("z", "v");
            MysqlServers.execute("INSERT INTO " + table + " VALUES (x'61ff', 1, 9223372036854775807, 'theirs')");
            try (Stream<String> keys = store.keys(ScanOptions.all().pageSize(1))) {
                assertThat(keys).containsExactly("a", "z");
            }
            store.connection().eraseAll();
            assertThat(MysqlServers.ask("SELECT count(*) FROM " + table)).isEqualTo("1");
        }
    }

    @Test
    @DisplayName("loses what has expired to the sweeper")
    void swept() {
        String url = MysqlServers.fresh() + "&sweep-every=20ms";
        try (Cuttlestore<String> store = open(url)) {
            store.put("k", "v", PutOptions.ttl(Duration.ofMillis(50)));
            store.put("kept", "v");
            String count = "SELECT count(*) FROM " + MysqlServers.table(url).replaceAll("&.*", "");
            Awaitility.await().until(() -> MysqlServers.ask(count).equals("1"));
            assertThat(store.get("kept")).hasValue("v");
        }
    }

    @Test
    @DisplayName("is never read as a whole: each operation goes by an index, also when it grows")
    void byIndexOnly() throws Exception {
        String url = MysqlServers.fresh();
        try (Cuttlestore<String> store = open(url)) {
            store.putAll(IntStream.range(0, 3_000).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v")));
        }
        try (Connection connection = new MysqlDatabase(settings(url)).connect();
                Statement statement = connection.createStatement()) {
            MysqlTable table = MysqlTable.find(connection, settings(url));
            statement.execute("FLUSH STATUS");
            for (Kind kind : Kind.values()) {
                table.carryOut(kind, List.of(command(kind, "k7"), command(kind, "k8")), connection);
            }
            KeyRange range = KeyRange.of(new ScanRequest("k1", null, 10, false, Deadline.NONE), null);
            table.page(range, 10, false, connection);
            table.page(range, 10, true, connection);
            table.last(range, connection);
            table.delete(List.of("k5".getBytes(StandardCharsets.UTF_8)), connection);
            table.deleteExpired(500, connection);
            assertThat(rowsRead(statement)).isBetween(1L, 500L);
        }
    }

    private static Settings settings(String url) {
        MysqlProvider provider = new MysqlProvider();
        return provider.settings(ConnectionString.parse(url).withOptions(provider.options()));
    }

    private static Command<?> command(Kind kind, String name) {
        Key key = Namespace.ROOT.key(name);
        Payload payload = Payload.of("w".getBytes(StandardCharsets.UTF_8));
        return switch (kind) {
            case EXISTENCE, VALUE, ENTRY -> new Get(key, Get.Want.valueOf(kind.name()), Deadline.NONE);
            case PUT, PUT_KEEPING -> new Put(key, payload, Expiry.KEEP, Condition.ALWAYS, Deadline.NONE);
            case PUT_IF_ABSENT -> new Put(key, payload, Expiry.NEVER, Condition.IF_ABSENT, Deadline.NONE);
            case REPLACE -> new Put(key, payload, Expiry.KEEP, Condition.ifVersion("0123456789abcdef"), Deadline.NONE);
            case TOUCH -> new Touch(key, Expiry.after(Duration.ofMillis(1)), Deadline.NONE);
            case DELETE, TAKE -> new Delete(key, Condition.ALWAYS, kind == Kind.TAKE, Deadline.NONE);
        };
    }

    /** How many rows the session's statements have looked at, by an index or without. */
    private static long rowsRead(Statement statement) throws SQLException {
        long read = 0;
        try (ResultSet counts = statement.executeQuery("SHOW SESSION STATUS LIKE 'Handler_read%'")) {
            while (counts.next()) {
                read += counts.getLong(2);
            }
        }
        return read;
    }

    @Test
    @DisplayName("takes statements about the same rows in any order without a deadlock")
    void noDeadlocks() throws Exception {
        try (Cuttlestore<String> store = open(MysqlServers.fresh() + "&timeout=20s")) {
            List<CompletableFuture<?>> threads = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                Random random = new Random(thread);
                threads.add(CompletableFuture.runAsync(() -> {
                    for (int round = 0; round < 20; round++) {
                        callAtOnce(store, random);
                    }
                }));
            }
            for (CompletableFuture<?> thread : threads) {
                thread.get(60, TimeUnit.SECONDS);
            }
        }
    }

    private static void callAtOnce(Cuttlestore<String> store, Random random) {
        List<CompletableFuture<?>> calls = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String key = "k" + random.nextInt(15);
            calls.add(
                    switch (random.nextInt(6)) {
                        case 0 -> store.async().put(key, "v");
                        case 1 -> store.async().putIfAbsent(key, "v");
                        case 2 -> store.async().delete(key);
                        case 3 -> store.async().getAndDelete(key);
                        case 4 -> store.async().touch(key, Duration.ofHours(1));
                        default -> store.async().update(key, seen -> Optional.of("u"));
                    });
        }
        store.putAll(Map.of("k14", "v", "k3", "v", "k0", "v"));
        store.deleteAll(List.of("k7", "k2", "k9"));
        calls.forEach(CompletableFuture::join);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://u@h",
                "mysql://u@h/",
                "mysql://u@h/a/b",
                "mysql://h/d",
                "mysql://u@h,g/d",
                "mysql://u@h%2Fd%3Floggerfile=x%26a=/d",
                "mysql://u@h%3FsocketFactory=x/d",
                "mysql://u@h/d?table=Upper",
                "mysql://u@h/d?table=a.b",
                "mysql://u@h/d?table=x%22;drop",
                "mysql://u@h/d?allowLocalInfile=true",
                "mysql://u@h/d?user=x",
                "mysql://u@h/d?sessionVariables=x",
                "mysql://u:p@h/d?password=p",
                "mysql://u@h/d?username=v"
            })
    @DisplayName("is named by a string in which nothing reaches the driver but the options that are listed")
    void wrongStrings(String url) {
        assertThatThrownBy(() -> open(url)).isInstanceOf(InvalidConnectionStringException.class);
    }

    @Test
    @DisplayName("may lie in a database with any name, which is data, too")
    void anyDatabase() {
        MysqlServers.execute("CREATE OR REPLACE DATABASE `a?ssl=x&b/c`");
        String url = MysqlServers.fresh().replace("/app?", "/a%3Fssl=x%26b%2Fc?");
        try (Cuttlestore<String> store = open(url)) {
            store.put("k", "v");
            assertThat(store.get("k")).hasValue("v");
        }
    }

    @Test
    @DisplayName("is also open to the application, by the driver's own means")
    void unwrap() throws Exception {
        String url = MysqlServers.fresh();
        try (CuttlestoreConnection connection = CuttlestoreConnection.open(url)) {
            assertThat(connection.capabilities().supports(Capability.SURVIVES_FAILOVER))
                    .isFalse();
            assertThat(connection.capabilities().traits().server()).startsWith("MariaDB 1");
            connection.store(String.class).put("k", "v");
            try (Connection own = connection.unwrap(DataSource.class).getConnection();
                    var row = own.createStatement().executeQuery("SELECT v FROM " + MysqlServers.table(url))) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("v");
            }
        }
    }
}
