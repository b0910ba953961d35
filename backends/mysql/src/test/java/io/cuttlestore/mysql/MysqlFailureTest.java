package io.cuttlestore.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cuttlestore.AccessDeniedException;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.IncompatibleStoreException;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.ValueTooLargeException;
import io.cuttlestore.jdbc.FailureRules;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("When MariaDB fails")
class MysqlFailureTest extends FailureRules {
    private static final String PASSWORD = "right%2Fpassword";

    private static Cuttlestore<String> open(String url) {
        return Cuttlestore.open(url, String.class);
    }

    @Override
    protected String fresh() {
        return MysqlServers.fresh();
    }

    @Override
    protected int port() {
        return MysqlServers.shared().port();
    }

    @Override
    protected Connection connect() throws SQLException {
        Connection connection = MysqlServers.shared().connect();
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED); // which locks no gaps
        return connection;
    }

    /** Each of whose characters is escaped. */
    @Override
    protected String large() {
        return "'".repeat(7 << 20);
    }

    @Override
    protected String ending() {
        return "KILL CONNECTION USER " + MysqlServer.USER;
    }

    @Override
    protected String locksAwaited() {
        return "SELECT count(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT'";
    }

    @Override
    protected AutoCloseable start(Path folder, int port) {
        return MysqlServer.start(folder, port);
    }

    @Override
    protected String started(int port) {
        return "mariadb://cuttle@127.0.0.1:" + port + "/app?table=kept";
    }

    private static String secured(String credentials) {
        return MysqlServers.secured("right/password").url(credentials, "entries");
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
    @DisplayName("a server that repeats the password, which it may have been told before, is not repeated")
    void repeatedPassword() throws Exception {
        String secret = "Hunter2";
        try (ServerSocket listening = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<Void> refusing =
                    CompletableFuture.runAsync(() -> refuse(listening, "no user has " + secret));
            Throwable refused = catchThrowable(
                    () -> open("mysql://agent:" + secret + "@127.0.0.1:" + listening.getLocalPort() + "/d"));
            refusing.get(5, TimeUnit.SECONDS);
            assertThat(refused)
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("no user has (password)");
            for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
                assertThat(cause.toString()).doesNotContain(secret);
            }
        }
    }

    /** Refuses the first who comes, with error 1130. */
    private static void refuse(ServerSocket listening, String message) {
        byte[] words = message.getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = listening.accept()) {
            OutputStream out = socket.getOutputStream();
            out.write(new byte[] {(byte) (words.length + 3), 0, 0, 0, (byte) 0xFF, (byte) (1130 & 0xFF), 1130 >> 8});
            out.write(words);
            out.flush();
            socket.getInputStream().read();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("a database that is missing is an error of the connection string, and access to one may be denied")
    void missingDatabase() {
        assertThatThrownBy(() -> open(fresh().replace("/app?", "/nowhere?")))
                .isInstanceOf(InvalidConnectionStringException.class)
                .hasMessageContaining("nowhere");
        assertThatThrownBy(() -> open(secured("agent:" + PASSWORD).replace("/app?", "/nowhere?")))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("nowhere")
                .hasMessageContaining("grant the user this right");
    }

    @Test
    @DisplayName("a user that may not make the table is denied, and may use one that was made for it")
    void noRightToCreate() {
        MysqlServers.execute("CREATE USER limited", "GRANT SELECT ON app.* TO limited");
        String url = MysqlServers.fresh("limited");
        assertThatThrownBy(() -> open(url))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("grant the user this right");
        open(url.replace("limited@", "cuttle@")).connection().close();
        try (Cuttlestore<String> store = open(url)) {
            assertThatThrownBy(() -> store.put("k", "v")).isInstanceOf(AccessDeniedException.class);
            MysqlServers.execute("GRANT INSERT, UPDATE, DELETE ON app." + MysqlServers.table(url) + " TO limited");
            store.put("k", "v");
            assertThat(store.getAndDelete("k")).hasValue("v");
        } finally {
            MysqlServers.execute("DROP USER limited");
        }
    }

    @Test
    @DisplayName("an unknown host and a refused connection are unavailable at once, a silent one in time")
    void unreachable() throws Exception {
        assertThatThrownBy(() -> open("mysql://u@no-such-host.invalid/db"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("check its name");
        try (ServerSocket socket = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            String url = "mysql://u@127.0.0.1:" + socket.getLocalPort() + "/db";
            assertInTime(StoreTimeoutException.class, () -> open(url + "?timeout=500ms"));
            assertInTime(StoreUnavailableException.class, () -> open(url + "?connect-timeout=500ms"));
            socket.close();
            assertThatThrownBy(() -> open(url))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("check host and port");
        }
    }

    @Test
    @DisplayName("a server that takes no writes is unavailable, at open and later")
    void readOnly(@TempDir Path folder) {
        int port = MysqlServer.freePort();
        try (MysqlServer server = MysqlServer.start(folder, port)) {
            String url = started(port);
            server.execute("REVOKE ALL ON *.* FROM cuttle", "GRANT ALL ON app.* TO cuttle");
            try (Cuttlestore<String> store = open(url)) {
                server.execute("SET GLOBAL read_only = 1");
                assertThatThrownBy(() -> store.put("k", "v"))
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessageContaining("must go to the primary");
            }
            assertThatThrownBy(() -> open(url))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("the primary is needed");
        }
    }

    @Test
    @DisplayName("a server that takes only small packets is refused, with what to do")
    void smallPackets(@TempDir Path folder) {
        int port = MysqlServer.freePort();
        try (MysqlServer server = MysqlServer.start(folder, port, "--max-allowed-packet=1M")) {
            assertThat(server.port()).isEqualTo(port);
            assertThatThrownBy(() -> open(started(port)))
                    .isInstanceOf(IncompatibleStoreException.class)
                    .hasMessageContaining("max_allowed_packet to 16777216");
        }
    }

    @Test
    @DisplayName("a value of the largest size is stored whatever its bytes are, and one more byte is too large")
    void largestValue() {
        try (Cuttlestore<byte[]> store = Cuttlestore.open(fresh() + "&timeout=60s", byte[].class)) {
            byte[] value = new byte[7 << 20];
            Arrays.fill(value, (byte) '\'');
            store.put("quotes", value);
            assertThat(store.get("quotes").orElseThrow()).isEqualTo(value);
            assertThat(store.putIfAbsent("zeros", new byte[7 << 20])).isTrue();
            assertThat(store.getAndDelete("zeros").orElseThrow()).isEqualTo(new byte[7 << 20]);
            assertThatThrownBy(() -> store.put("k", new byte[(7 << 20) + 1]))
                    .isInstanceOf(ValueTooLargeException.class);
        }
    }

    @Test
    @DisplayName(
            "a row that somebody else holds longer than the server waits for locks keeps a write waiting, not for good")
    void longLock() throws Exception {
        String url = fresh();
        try (Cuttlestore<String> store = open(url + "&timeout=20s");
                Connection other = connect();
                Statement statement = other.createStatement()) {
            store.put("k", "v");
            other.setAutoCommit(false);
            statement.execute("SELECT * FROM " + MysqlServers.table(url) + " FOR UPDATE");
            long begin = System.nanoTime();
            CompletableFuture<Void> waiting = store.async().put("k", "w");
            Awaitility.await()
                    .until(() ->
                            System.nanoTime() - begin > Duration.ofMillis(1_500).toNanos());
            awaitLock();
            other.rollback();
            waiting.get(10, TimeUnit.SECONDS);
            assertThat(store.get("k")).hasValue("w");
        }
    }
}
