package io.cuttlestore.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real PostgreSQL server for all tests of a JVM, on a free port of 127.0.0.1, ended with the JVM. */
public final class PostgresServers {
    /** The role that may do anything. */
    public static final String ADMIN = "postgres";

    private static final AtomicInteger TABLES = new AtomicInteger();

    private static EmbeddedPostgres shared;

    private PostgresServers() {}

    /** The server that all share. */
    public static synchronized EmbeddedPostgres shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /** A server of one's own. */
    static EmbeddedPostgres start() {
        try {
            return EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Host and port of a server. */
    static String address(EmbeddedPostgres server) {
        return "127.0.0.1:" + server.getPort();
    }

    /** The connection string of a store that is empty and that nobody else uses, without a role. */
    public static String fresh(String credentials) {
        return "postgres://" + credentials + "@" + address(shared()) + "/postgres?table=store" + TABLES.incrementAndGet();
    }

    /** The same as {@link #ADMIN}. */
    public static String fresh() {
        return fresh(ADMIN);
    }

    /** Executes statements as {@link #ADMIN}. */
    static void execute(String... statements) {
        try (Connection connection = shared().getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
