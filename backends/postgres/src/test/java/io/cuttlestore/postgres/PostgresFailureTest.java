package io.cuttlestore.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cuttlestore.AccessDeniedException;
import io.cuttlestore.BatchException;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.StoreUnavailableException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("When PostgreSQL fails")
class PostgresFailureTest {
    private static final String PASSWORD = "right%2Fpassword";

    /** The timeout of 500 ms and 10 %, and what a busy machine may keep a thread waiting for a processor. */
    private static final Duration IN_TIME = Duration.ofMillis(550 + 400);

    private static Cuttlestore<String> open(String url) {
        return Cuttlestore.open(url, String.class);
    }

    private static Cuttlestore<String> hasty(String url) {
        return open(url + "&timeout=500ms");
    }

    private static void assertInTime(Class<? extends Throwable> type, ThrowingCallable call) {
        long begin = System.nanoTime();
        assertThatThrownBy(call).isInstanceOf(type);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(IN_TIME);
    }

    private static void assertAtOnce(Class<? extends Throwable> type, ThrowingCallable call) {
        long begin = System.nanoTime();
        assertThatThrownBy(call).isInstanceOf(type);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(400));
    }

    private static String secured(String credentials) {
        String address = PostgresServers.address(PostgresServers.secured("right/password"));
        return "postgres://" + credentials + "@" + address + "/postgres?table=entries";
    }

    @Test
    @DisplayName("a wrong password or none is refused at open, and no message or cause repeats it")
    void wrongPassword() {
        try (Cuttlestore<String> store = open(secured("agent:" + PASSWORD))) {
            store.put("k", "v");
            assertThat(store.get("k")).hasValue("v");
        }
        String secret = "Hunter2-not-it";
        for (String credentials : List.of("agent:" + secret, "nobody:" + secret, "agent")) {
            Throwable refused = catchThrowable(() -> open(secured(credentials)));
            assertThat(refused)
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("check user name and password");
            for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain(secret);
            }
        }
    }

    @Test
    @DisplayName("a database that is missing is an error of the connection string")
    void missingDatabase() {
        assertThatThrownBy(() -> open(PostgresServers.fresh().replace("/postgres?", "/nowhere?")))
                .isInstanceOf(InvalidConnectionStringException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    @DisplayName("a schema that is missing is an error of the connection string")
    void missingSchema() {
        assertThatThrownBy(() -> open(PostgresServers.fresh().replace("table=", "table=nowhere.")))
                .isInstanceOf(InvalidConnectionStringException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    @DisplayName("a role that may not make the table is denied, and may use one that was made for it")
    void noRightToCreate() {
        PostgresServers.execute("DROP ROLE IF EXISTS limited", "CREATE ROLE limited LOGIN");
        String url = PostgresServers.fresh("limited");
        assertThatThrownBy(() -> open(url))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("grant the role this right");
        open(url.replace("limited@", "postgres@")).connection().close();
        String table = PostgresServers.table(url);
        try (Cuttlestore<String> store = open(url)) {
            assertThatThrownBy(() -> store.put("k", "v")).isInstanceOf(AccessDeniedException.class);
            PostgresServers.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON " + table + " TO limited");
            store.put("k", "v");
            assertThat(store.getAndDelete("k")).hasValue("v");
        } finally {
            PostgresServers.execute("DROP TABLE " + table, "DROP ROLE limited");
        }
    }

    @Test
    @DisplayName("an unknown host and a refused connection are unavailable at once, a silent one in time")
    void unreachable() throws Exception {
        assertThatThrownBy(() -> open("postgres://u@no-such-host.invalid/db"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("check its name");
        try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            String url = "postgres://u@127.0.0.1:" + socket.getLocalPort() + "/db";
            assertInTime(StoreTimeoutException.class, () -> open(url + "?timeout=500ms"));
            assertInTime(StoreUnavailableException.class, () -> open(url + "?connect-timeout=500ms"));
            socket.close();
            assertThatThrownBy(() -> open(url))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("check host and port");
        }
    }

    @Test
    @DisplayName("calls to a server that is gone fail in time, and work within 2 s of its return")
    void gone() {
        try (Proxy proxy = new Proxy();
                Cuttlestore<String> store = hasty(proxy.fresh())) {
            store.put("k", "v");
            proxy.shut();
            for (int i = 0; i < 6; i++) {
                assertInTime(CuttlestoreException.class, () -> store.put("k", "w"));
                assertAtOnce(StoreUnavailableException.class, () -> store.get("k"));
            }
            proxy.open();
            long begin = System.nanoTime();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(2))
                    .ignoreExceptions()
                    .until(() -> store.get("k").isPresent());
            store.put("k", "x");
            assertThat(store.get("k")).hasValue("x");
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    @DisplayName("calls while the server restarts fail in time, and nothing that was acknowledged is lost")
    void restart(@TempDir Path folder) throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        EmbeddedPostgres server = PostgresServers.start(folder, port);
        try (Cuttlestore<String> store = hasty("postgres://postgres@127.0.0.1:" + port + "/postgres?table=kept")) {
            store.put("k", "v");
            server.close();
            assertInTime(CuttlestoreException.class, () -> store.put("k", "w"));
            assertInTime(StoreUnavailableException.class, () -> store.get("k"));
            server = PostgresServers.start(folder, port);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(2))
                    .ignoreExceptions()
                    .until(() -> store.get("k").isPresent());
            assertThat(store.get("k").orElseThrow()).isIn("v", "w");
        } finally {
            server.close();
        }
    }

    @Test
    @DisplayName("a read does not notice that the server ended its connections")
    void terminatedBeforeReads() {
        try (Cuttlestore<String> store = open(PostgresServers.fresh())) {
            store.put("k", "v");
            for (int i = 0; i < 20; i++) {
                terminateConnections();
                assertThat(store.get("k")).hasValue("v");
            }
        }
    }

    @Test
    @DisplayName(
            "a write is carried out once if it is acknowledged, at most once if its outcome is unknown, else not at all")
    void terminatedAmidstWrites() {
        try (Cuttlestore<String> store = open(PostgresServers.fresh())) {
            store.put("counter", "0");
            AtomicBoolean counting = new AtomicBoolean(true);
            CompletableFuture<Void> terminating = CompletableFuture.runAsync(() -> {
                while (counting.get()) {
                    terminateConnections();
                }
            });
            int certain = 0;
            int possible = 0;
            for (int i = 0; i < 200; i++) {
                try {
                    store.update("counter", seen -> seen.map(text -> "" + (Integer.parseInt(text) + 1)));
                    certain++;
                } catch (OutcomeUnknownException e) {
                    possible++;
                } catch (StoreUnavailableException notCarriedOut) {
                    assertThat(notCarriedOut.isTransient()).isTrue();
                }
            }
            counting.set(false);
            terminating.join();
            assertThat(Integer.parseInt(store.get("counter").orElseThrow())).isBetween(certain, certain + possible);
        }
    }

    private static void terminateConnections() {
        PostgresServers.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE application_name = 'cuttlestore' AND pid <> pg_backend_pid()");
    }

    @Test
    @DisplayName("a server that takes no writes, as a standby does, is unavailable")
    void readOnly() {
        PostgresServers.execute(
                "DROP ROLE IF EXISTS reader",
                "CREATE ROLE reader LOGIN SUPERUSER",
                "ALTER ROLE reader SET default_transaction_read_only = on");
        String url = PostgresServers.fresh("reader");
        open(url.replace("reader@", "postgres@")).close();
        assertThatThrownBy(() -> open(url))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("the primary is needed");
    }

    @Test
    @DisplayName(
            "a server that hangs ends reads with a timeout and writes with an unknown outcome, in time, and so it closes")
    void frozen() {
        try (Proxy proxy = new Proxy()) {
            Cuttlestore<String> store = hasty(proxy.fresh());
            store.put("k", "v");
            proxy.freeze();
            assertInTime(OutcomeUnknownException.class, () -> store.put("k", "w"));
            proxy.thaw();
            Awaitility.await().ignoreExceptions().until(() -> store.get("k").isPresent());
            proxy.freeze();
            assertInTime(StoreTimeoutException.class, () -> store.get("k"));
            assertInTime(StoreTimeoutException.class, () -> store.get("k"));
            proxy.thaw();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(2))
                    .ignoreExceptions()
                    .until(() -> store.get("k").isPresent());
            proxy.freeze();
            long begin = System.nanoTime();
            store.close();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(3_000 + 400));
        }
    }

    @Test
    @DisplayName("a value larger than all buffers does not hang on a server that reads nothing")
    void frozenUnderLoad() {
        try (Proxy proxy = new Proxy();
                Cuttlestore<String> store = hasty(proxy.fresh())) {
            String large = "x".repeat(30_000_000);
            store.put("k", "v");
            proxy.freeze();
            assertInTime(OutcomeUnknownException.class, () -> store.put("k", large));
        }
    }

    @Test
    @DisplayName("a row that somebody else holds keeps a write until its time is over, and no read")
    void lockedRow() throws Exception {
        String url = PostgresServers.fresh();
        try (Cuttlestore<String> store = hasty(url);
                Connection other =
                        PostgresServers.shared().getPostgresDatabase().getConnection();
                Statement statement = other.createStatement()) {
            store.put("k", "v");
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM " + PostgresServers.table(url) + " FOR UPDATE");
            assertInTime(OutcomeUnknownException.class, () -> store.put("k", "w"));
            assertThat(store.get("k")).hasValue("v");
            store.put("another", "v");
            other.rollback();
        }
    }

    @Test
    @DisplayName("closing ends calls that use a connection or wait for one, however long they would have waited")
    void closedWhileWaiting() throws Exception {
        String url = PostgresServers.fresh();
        try (Connection other = PostgresServers.shared().getPostgresDatabase().getConnection();
                Statement statement = other.createStatement()) {
            Cuttlestore<String> store = open(url + "&timeout=60s&pool-size=1");
            store.put("k", "v");
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM " + PostgresServers.table(url) + " FOR UPDATE");
            CompletableFuture<Void> using = CompletableFuture.runAsync(() -> store.put("k", "w"));
            awaitLock();
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> store.get("k"));
            Awaitility.await()
                    .until(() -> Thread.getAllStackTraces().values().stream()
                            .flatMap(Stream::of)
                            .anyMatch(frame -> frame.getClassName().equals("io.cuttlestore.jdbc.Pool")
                                    && frame.getMethodName().equals("acquire")));
            store.close();
            assertThatThrownBy(() -> waiting.get(2, TimeUnit.SECONDS)).isInstanceOf(ExecutionException.class);
            assertThatThrownBy(() -> using.get(2, TimeUnit.SECONDS)).hasCauseInstanceOf(OutcomeUnknownException.class);
        }
    }

    @Test
    @DisplayName("of commands in one statement, those that the server refuses fail alone")
    void failsAlone() {
        String url = PostgresServers.fresh();
        try (Cuttlestore<String> store = open(url)) {
            PostgresServers.execute("ALTER TABLE " + PostgresServers.table(url) + " ADD CHECK (k <> 'refused')");
            Map<String, String> batch = new TreeMap<>(Map.of("before", "v", "refused", "secret 4711", "with", "v"));
            BatchException failure = catchThrowableOfType(BatchException.class, () -> store.putAll(batch));
            assertThat(failure.failed()).containsExactly("refused");
            assertThat(failure.causes().get("refused")).isInstanceOf(StoreFailedException.class);
            for (Throwable cause = failure.causes().get("refused"); cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain("secret").doesNotContain("\\x");
            }
            assertThat(store.getAll(batch.keySet())).containsOnlyKeys("before", "with");
        }
    }

    @Test
    @DisplayName("more callers than connections wait for each other, and not longer than they may")
    void busyPool() throws Exception {
        String url = PostgresServers.fresh();
        try (Cuttlestore<String> store = hasty(url + "&pool-size=1");
                Connection other =
                        PostgresServers.shared().getPostgresDatabase().getConnection();
                Statement statement = other.createStatement()) {
            store.put("k", "v");
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM " + PostgresServers.table(url) + " FOR UPDATE");
            var waiting = store.withTimeout(Duration.ofSeconds(10)).async().put("k", "w");
            awaitLock();
            assertThatThrownBy(() -> store.get("k"))
                    .isInstanceOf(StoreTimeoutException.class)
                    .hasMessageContaining("pool-size");
            other.rollback();
            waiting.get(10, TimeUnit.SECONDS);
            assertThat(store.get("k")).hasValue("w");
        }
    }

    /** Waits until a statement of a store waits for a lock. */
    private static void awaitLock() {
        Awaitility.await()
                .until(
                        () -> !"0"
                                .equals(
                                        PostgresServers.ask(
                                                "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name = 'cuttlestore'")));
    }
}
