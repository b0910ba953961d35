package io.cuttlestore.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.IncompatibleStoreException;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import java.sql.Connection;
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

@DisplayName("The table of a PostgreSQL store")
class PostgresTableTest {
    private static Cuttlestore<String> open(String url) {
        return Cuttlestore.open(url, String.class);
    }

    @Test
    @DisplayName("is as its page says: plain values under plain keys, deadlines in milliseconds")
    void format() {
        String url = PostgresServers.fresh();
        String table = PostgresServers.table(url);
        try (Cuttlestore<String> store = open(url)) {
            store.put("a:k", "v\u00e9", PutOptions.expireAt(java.time.Instant.ofEpochMilli(9_999_999_999_123L)));
            store.put("never", "");
            String version = store.entry("a:k").orElseThrow().version().toString();
            String id = version.substring(0, version.indexOf('.'));
            assertThat(PostgresServers.ask("SELECT obj_description('" + table + "'::regclass)"))
                    .isEqualTo("cuttlestore 1 " + id);
            assertThat(PostgresServers.ask(
                            "SELECT convert_from(v, 'UTF8') || exp || ' ' || lpad(to_hex(ver), 16, '0') FROM " + table
                                    + " WHERE k = 'a:k'"))
                    .isEqualTo("v\u00e99999999999123 " + version.substring(version.indexOf('.') + 1));
            assertThat(PostgresServers.ask("SELECT exp FROM " + table + " WHERE k = 'never'"))
                    .isEqualTo("9223372036854775807");
            PostgresServers.execute(
                    "INSERT INTO " + table + " VALUES ('foreign', 4711, 9223372036854775807, 'theirs')");
            assertThat(store.get("foreign")).hasValue("theirs");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE {t} (id int)",
                "CREATE VIEW {t} AS SELECT 1 AS k",
                "CREATE TABLE {t} (k bytea, ver bigint, exp bigint, v bytea)",
                "CREATE TABLE {t} (k bytea, v text); COMMENT ON TABLE {t} IS 'cuttlestore 1 0123456789abcdef'",
                "CREATE TABLE {t} (k bytea); COMMENT ON TABLE {t} IS 'cuttlestore 2 0123456789abcdef'"
            })
    @DisplayName("is refused and left as it is if it is another application's, of another shape or of a newer format")
    void foreign(String definition) {
        String url = PostgresServers.fresh();
        String table = PostgresServers.table(url);
        PostgresServers.execute(definition.replace("{t}", table));
        assertThatThrownBy(() -> open(url))
                .isInstanceOf(IncompatibleStoreException.class)
                .hasMessageContaining(table)
                .hasMessageContaining("left as it is");
        assertThat(PostgresServers.ask("SELECT count(*) FROM " + table)).isIn("0", "1");
    }

    @Test
    @DisplayName("is not made where only what exists is wanted")
    void existing() {
        String url = PostgresServers.fresh();
        assertThatThrownBy(() -> Cuttlestore.builder(url).existing().connect())
                .isInstanceOf(InvalidConnectionStringException.class)
                .hasMessageContaining("there is no store at");
        assertThat(PostgresServers.ask("SELECT to_regclass('" + PostgresServers.table(url) + "')"))
                .isNull();
        open(url).close();
        Cuttlestore.builder(url).existing().connect().close();
    }

    @Test
    @DisplayName("is made once, however many open it at the same time, in the schema that it is given")
    void madeOnce() {
        PostgresServers.execute("CREATE SCHEMA IF NOT EXISTS apart");
        String url = PostgresServers.fresh().replace("table=", "table=apart.");
        List<CompletableFuture<Cuttlestore<String>>> opening = Stream.generate(
                        () -> CompletableFuture.supplyAsync(() -> open(url)))
                .limit(6)
                .toList();
        List<Cuttlestore<String>> stores =
                opening.stream().map(CompletableFuture::join).toList();
        stores.get(0).put("k", "v");
        for (Cuttlestore<String> store : stores) {
            assertThat(store.get("k")).hasValue("v");
            assertThat(store.connection().location()).contains("?table=apart.store");
            store.close();
        }
    }

    @Test
    @DisplayName("may hold rows that are no entries: a scan goes past them, and a clear leaves them")
    void rowsThatAreNoEntries() {
        String url = PostgresServers.fresh();
        String table = PostgresServers.table(url);
        try (Cuttlestore<String> store = open(url)) {
            store.put("a", "v");
            store.put("z", "v");
            PostgresServers.execute("INSERT INTO " + table + " VALUES ('\\x61ff', 1, 9223372036854775807, 'theirs')");
            try (Stream<String> keys = store.keys(ScanOptions.all().pageSize(1))) {
                assertThat(keys).containsExactly("a", "z");
            }
            store.connection().eraseAll();
            assertThat(PostgresServers.ask("SELECT count(*) FROM " + table)).isEqualTo("1");
        }
    }

    @Test
    @DisplayName("loses what has expired to the sweeper")
    void swept() {
        String url = PostgresServers.fresh() + "&sweep-every=20ms";
        try (Cuttlestore<String> store = open(url)) {
            store.put("k", "v", PutOptions.ttl(Duration.ofMillis(50)));
            store.put("kept", "v");
            String count = "SELECT count(*) FROM " + PostgresServers.table(url).replaceAll("&.*", "");
            Awaitility.await().until(() -> PostgresServers.ask(count).equals("1"));
            assertThat(store.get("kept")).hasValue("v");
        }
    }

    @Test
    @DisplayName("is never read as a whole: each operation goes by an index, also when it grows")
    void byIndexOnly() {
        String url = PostgresServers.fresh();
        String table = PostgresServers.table(url);
        open(url).close();
        Awaitility.await().until(() -> !stat("seq_scan", table).equals("0")); // those of CREATE INDEX
        String atFirst = stat("seq_scan", table);
        try (Cuttlestore<String> store = open(url)) {
            for (int round = 0; round < 12; round++) {
                int begin = 500 * round;
                store.putAll(
                        IntStream.range(begin, begin + 500).boxed().collect(Collectors.toMap(i -> "k" + i, i -> "v")));
                store.get("k1");
                store.entry("k1");
                store.contains("k1");
                store.touch("k1", Duration.ofHours(1));
                store.putIfAbsent("k1", "w");
                store.update("k1", seen -> seen.map(v -> v + "."));
                store.getAndDelete("k2");
                store.getAll(List.of("k1", "k2", "k3"));
                store.deleteAll(List.of("k4", "k5"));
                store.page(ScanOptions.prefix("k1").pageSize(10));
                store.connection().store("n", String.class).clear();
            }
            assertThat(store.get("k1")).hasValue("v............");
        }
        Awaitility.await().until(() -> Long.parseLong(stat("idx_scan", table)) > 100);
        assertThat(stat("seq_scan", table)).isEqualTo(atFirst);
    }

    private static String stat(String column, String table) {
        return PostgresServers.ask("SELECT " + column + " FROM pg_stat_user_tables WHERE relname = '" + table + "'");
    }

    @Test
    @DisplayName("takes statements about the same rows in any order without a deadlock")
    void noDeadlocks() throws Exception {
        try (Cuttlestore<String> store = open(PostgresServers.fresh() + "&timeout=20s")) {
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
                "postgres://u@h",
                "postgres://u@h/",
                "postgres://u@h/a/b",
                "postgres://h/d",
                "postgres://u@h,g/d",
                "postgres://u@h%2Fd%3Floggerfile=x%26a=/d",
                "postgres://u@h%3FsocketFactory=x/d",
                "postgres://u@h/d?table=Upper",
                "postgres://u@h/d?table=a.b.c",
                "postgres://u@h/d?table=x%22;drop",
                "postgres://u@h/d?socketFactory=x",
                "postgres://u@h/d?user=x",
                "postgres://u:p@h/d?password=p",
                "postgres://u@h/d?username=v"
            })
    @DisplayName("is named by a string in which nothing reaches the driver but the options that are listed")
    void wrongStrings(String url) {
        assertThatThrownBy(() -> open(url)).isInstanceOf(InvalidConnectionStringException.class);
    }

    @Test
    @DisplayName("may lie in a database with any name, which is data, too")
    void anyDatabase() {
        PostgresServers.execute("DROP DATABASE IF EXISTS \"a?ssl=x&b/c\"", "CREATE DATABASE \"a?ssl=x&b/c\"");
        String url = PostgresServers.fresh().replace("/postgres?", "/a%3Fssl=x%26b%2Fc?");
        try (Cuttlestore<String> store = open(url)) {
            store.put("k", "v");
            assertThat(store.get("k")).hasValue("v");
        }
    }

    @Test
    @DisplayName("is also open to the application, by the driver's own means")
    void unwrap() throws Exception {
        String url = PostgresServers.fresh();
        try (CuttlestoreConnection connection = CuttlestoreConnection.open(url)) {
            assertThat(connection.capabilities().supports(Capability.SURVIVES_FAILOVER))
                    .isFalse();
            assertThat(connection.capabilities().traits().server()).startsWith("PostgreSQL 18.");
            connection.store(String.class).put("k", "v");
            try (Connection own = connection.unwrap(DataSource.class).getConnection();
                    var row = own.createStatement().executeQuery("SELECT v FROM " + PostgresServers.table(url))) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("\\x76");
            }
        }
    }
}
