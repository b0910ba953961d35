package io.cuttlestore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.cuttlestore.BatchException;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.StoreUnavailableException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a backend over JDBC does when its server, the way to it, or a lock fails it. */
public abstract class FailureRules {
    /** The timeout of 500 ms and 10 %, and what a busy machine may keep a thread waiting for a processor. */
    private static final Duration IN_TIME = Duration.ofMillis(550 + 400);

    /** The connection string of a store that is empty and that nobody else uses, with an option. */
    protected abstract String fresh();

    /** That of the server that all share. */
    protected abstract int port();

    /** A connection to the database of {@link #fresh} that may do anything. */
    protected abstract Connection connect() throws SQLException;

    /** A value that is larger on its way than all buffers. */
    protected abstract String large();

    /** A statement that ends the connections of stores. */
    protected abstract String ending();

    /** A query for the number of statements of stores that wait for a lock. */
    protected abstract String locksAwaited();

    /** Starts a server that keeps what it has in a folder, to be started again with what is there. */
    protected abstract AutoCloseable start(Path folder, int port) throws Exception;

    /** The connection string of a store on such a server, with an option. */
    protected abstract String started(int port);

    private static Cuttlestore<String> open(String url) {
        return Cuttlestore.open(url, String.class);
    }

    private static Cuttlestore<String> hasty(String url) {
        open(url).close(); // which makes the table, without haste
        return open(url + "&timeout=500ms");
    }

    /** So that classes are not loaded while time is measured. */
    @BeforeEach
    void failOnce() {
        try (Proxy proxy = new Proxy(port());
                Cuttlestore<String> store = hasty(proxy.through(fresh()))) {
            proxy.shut();
            assertThatThrownBy(() -> store.put("k", "v")).isInstanceOf(CuttlestoreException.class);
            assertThatThrownBy(() -> store.get("k")).isInstanceOf(StoreUnavailableException.class);
        }
    }

    protected static void assertInTime(Class<? extends Throwable> type, ThrowingCallable call) {
        assertWithin(IN_TIME, type, call);
    }

    private static void assertAtOnce(Class<? extends Throwable> type, ThrowingCallable call) {
        assertWithin(Duration.ofMillis(400), type, call);
    }

    private static void assertWithin(Duration time, Class<? extends Throwable> type, ThrowingCallable call) {
        long begin = System.nanoTime();
        assertThatThrownBy(call).isInstanceOf(type);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(time);
    }

    private void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void endConnections() {
        execute(ending());
    }

    /** Waits until a statement of a store waits for a lock. */
    protected final void awaitLock() {
        Awaitility.await().until(() -> {
            try (Connection connection = connect();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(locksAwaited())) {
                return row.next() && row.getLong(1) > 0;
            }
        });
    }

    /** The name of the table that a connection string ends with. */
    private static String table(String url) {
        return url.substring(url.indexOf("table=") + "table=".length());
    }

    @Test
    @DisplayName("calls to a server that is gone fail in time, and work within 2 s of its return")
    void gone() {
        try (Proxy proxy = new Proxy(port());
                Cuttlestore<String> store = hasty(proxy.through(fresh()))) {
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
        AutoCloseable server = start(folder, port);
        try (Cuttlestore<String> store = hasty(started(port))) {
            store.put("k", "v");
            server.close();
            assertInTime(CuttlestoreException.class, () -> store.put("k", "w"));
            assertInTime(StoreUnavailableException.class, () -> store.get("k"));
            server = start(folder, port);
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
        try (Cuttlestore<String> store = open(fresh())) {
            store.put("k", "v");
            for (int i = 0; i < 20; i++) {
                endConnections();
                assertThat(store.get("k")).hasValue("v");
            }
        }
    }

    @Test
    @DisplayName(
            "a write is carried out once if it is acknowledged, at most once if its outcome is unknown, else not at all")
    void terminatedAmidstWrites() {
        try (Cuttlestore<String> store = open(fresh())) {
            store.put("counter", "0");
            AtomicBoolean counting = new AtomicBoolean(true);
            CompletableFuture<Void> terminating = CompletableFuture.runAsync(() -> {
                while (counting.get()) {
                    endConnections();
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

    @Test
    @DisplayName(
            "a server that hangs ends reads with a timeout and writes with an unknown outcome, in time, and so it closes")
    void frozen() {
        try (Proxy proxy = new Proxy(port())) {
            Cuttlestore<String> store = hasty(proxy.through(fresh()));
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
        try (Proxy proxy = new Proxy(port());
                Cuttlestore<String> store = hasty(proxy.through(fresh()))) {
            String large = large();
            store.put("k", "v");
            proxy.freeze();
            assertInTime(OutcomeUnknownException.class, () -> store.put("k", large));
        }
    }

    @Test
    @DisplayName("a row that somebody else holds keeps a write until its time is over, and no read")
    void lockedRow() throws Exception {
        String url = fresh();
        try (Cuttlestore<String> store = hasty(url);
                Connection other = connect();
                Statement statement = other.createStatement()) {
            store.put("k", "v");
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM " + table(url) + " FOR UPDATE");
            assertInTime(OutcomeUnknownException.class, () -> store.put("k", "w"));
            assertThat(store.get("k")).hasValue("v");
            store.put("another", "v");
            other.rollback();
        }
    }

    @Test
    @DisplayName("closing ends calls that use a connection or wait for one, however long they would have waited")
    void closedWhileWaiting() throws Exception {
        String url = fresh();
        try (Connection other = connect();
                Statement statement = other.createStatement()) {
            Cuttlestore<String> store = open(url + "&timeout=60s&pool-size=1");
            store.put("k", "v");
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM " + table(url) + " FOR UPDATE");
            CompletableFuture<Void> using = CompletableFuture.runAsync(() -> store.put("k", "w"), FailureRules::begin);
            awaitLock();
            CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> store.get("k"), FailureRules::begin);
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

    /** In a thread of its own. */
    private static void begin(Runnable task) {
        new Thread(task, "caller").start();
    }

    @Test
    @DisplayName("of commands in one statement, those that the server refuses fail alone")
    void failsAlone() {
        String url = fresh();
        try (Cuttlestore<String> store = open(url)) {
            execute("ALTER TABLE " + table(url) + " ADD CHECK (k <> 'refused')");
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
        String url = fresh();
        try (Cuttlestore<String> store = hasty(url + "&pool-size=1");
                Connection other = connect();
                Statement statement = other.createStatement()) {
            store.put("k", "v");
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM " + table(url) + " FOR UPDATE");
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
}
