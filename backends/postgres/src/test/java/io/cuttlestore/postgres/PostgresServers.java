package io.cuttlestore.postgres;

import io.cuttlestore.jdbc.Certificates;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL server for all tests of a JVM, on a free port of 127.0.0.1, ended with the JVM. */
public final class PostgresServers {
    /** The role that may do anything. */
    public static final String ADMIN = "postgres";

    private static final AtomicInteger TABLES = new AtomicInteger();

    /** Who may log in how, at {@link #secured()}. */
    private static final String RULES = """
            host    all postgres  127.0.0.1/32 trust
            hostssl all encrypted 127.0.0.1/32 trust
            hostssl all shown     127.0.0.1/32 trust clientcert=verify-ca
            host    all all       127.0.0.1/32 scram-sha-256
            """;

    private static EmbeddedPostgres shared;
    private static EmbeddedPostgres secured;

    private PostgresServers() {}

    /** The server that all share. */
    public static synchronized EmbeddedPostgres shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /**
     * The server that asks for passwords and speaks TLS: {@code agent} has a password, {@code encrypted} must come over TLS,
     * {@code shown} with a certificate too.
     *
     * @param password that of {@code agent}
     */
    public static synchronized EmbeddedPostgres secured(String password) {
        if (secured == null) {
            Certificates certificates = Certificates.made();
            secured = start(EmbeddedPostgres.builder()
                    .setServerConfig("ssl", "on")
                    .setServerConfig("ssl_ca_file", certificates.file("ca.crt").toString())
                    .setServerConfig(
                            "ssl_cert_file", certificates.file("server.crt").toString())
                    .setServerConfig(
                            "ssl_key_file", certificates.file("server.key").toString())
                    .setServerConfig(
                            "hba_file", certificates.write("hba.conf", RULES).toString()));
            execute(
                    secured,
                    "CREATE ROLE encrypted LOGIN",
                    "CREATE ROLE shown LOGIN",
                    "CREATE ROLE agent LOGIN",
                    "GRANT CREATE ON SCHEMA public TO PUBLIC");
        }
        execute(secured, "ALTER ROLE agent PASSWORD '" + password + "'");
        return secured;
    }

    /** A server that keeps what it has in a folder, to be started again with what is there. */
    static EmbeddedPostgres start(Path folder, int port) {
        return start(EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setPort(port));
    }

    private static EmbeddedPostgres start() {
        return start(EmbeddedPostgres.builder());
    }

    private static EmbeddedPostgres start(EmbeddedPostgres.Builder builder) {
        try {
            return builder.setServerConfig("fsync", "off")
                    .setServerConfig("listen_addresses", "127.0.0.1")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Host and port of a server. */
    public static String address(EmbeddedPostgres server) {
        return "127.0.0.1:" + server.getPort();
    }

    /** The connection string of a store that is empty and that nobody else uses, without a role. */
    public static String fresh(String credentials) {
        return "postgres://" + credentials + "@" + address(shared()) + "/postgres?table=store"
                + TABLES.incrementAndGet();
    }

    /** The same as {@link #ADMIN}. */
    public static String fresh() {
        return fresh(ADMIN);
    }

    /** Executes statements as {@link #ADMIN}. */
    static void execute(String... statements) {
        execute(shared(), statements);
    }

    private static void execute(EmbeddedPostgres server, String... statements) {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The first column of the first row of a query. */
    static String ask(String query) {
        try (Connection connection = shared().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getString(1) : null;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** The name of the table that a connection string ends with. */
    static String table(String url) {
        return url.substring(url.indexOf("table=") + "table=".length());
    }
}
