package io.cuttlestore.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cuttlestore.AccessDeniedException;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.jdbc.FailureRules;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("When PostgreSQL fails")
class PostgresFailureTest extends FailureRules {
    private static final String PASSWORD = "right%2Fpassword";

    private static Cuttlestore<String> open(String url) {
        return Cuttlestore.open(url, String.class);
    }

    @Override
    protected String fresh() {
        return PostgresServers.fresh();
    }

    @Override
    protected int port() {
        return PostgresServers.shared().getPort();
    }

    @Override
    protected Connection connect() throws SQLException {
        return PostgresServers.shared().getPostgresDatabase().getConnection();
    }

    @Override
    protected String large() {
        return "x".repeat(30_000_000);
    }

    @Override
    protected String ending() {
        return "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE application_name = 'cuttlestore' AND pid <> pg_backend_pid()";
    }

    @Override
    protected String locksAwaited() {
        return "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                + " AND application_name = 'cuttlestore'";
    }

    @Override
    protected AutoCloseable start(Path folder, int port) {
        return PostgresServers.start(folder, port);
    }

    @Override
    protected String started(int port) {
        return "postgres://postgres@127.0.0.1:" + port + "/postgres?table=kept";
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
}
