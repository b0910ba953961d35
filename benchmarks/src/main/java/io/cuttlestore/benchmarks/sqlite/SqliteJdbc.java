package io.cuttlestore.benchmarks.sqlite;

import io.cuttlestore.Cuttlestore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * SQLite by hand: a database with the schema and the settings of a store, one connection, each statement prepared once. Does
 * what a store does: keys and values are texts, expired entries are absent, a written value gets a new version. Used by
 * one thread at a time.
 */
final class SqliteJdbc implements AutoCloseable {
    private static final String UPSERT = "INSERT INTO entry (k, ver, exp, v) VALUES (?, random(), ?, ?)"
            + " ON CONFLICT (k) DO UPDATE SET ver = excluded.ver, exp = excluded.exp, v = excluded.v";
    private static final int MANY = 100;

    private final Connection connection;
    private final PreparedStatement get;
    private final PreparedStatement getMany;
    private final PreparedStatement put;
    private final PreparedStatement scan;

    /**
     * A new database.
     *
     * @param survivesPowerCut what writes do when they return; else they survive the end of the process
     */
    SqliteJdbc(Path file, boolean survivesPowerCut) throws SQLException {
        Cuttlestore.open("sqlite://" + file, String.class).close();
        SQLiteConfig config = new SQLiteConfig();
        config.setSynchronous(
                survivesPowerCut ? SQLiteConfig.SynchronousMode.FULL : SQLiteConfig.SynchronousMode.NORMAL);
        config.setWalAutocheckpoint(10_000);
        connection = config.createConnection("jdbc:sqlite:" + file);
        get = connection.prepareStatement("SELECT v FROM entry WHERE k = ? AND exp > ?");
        getMany = connection.prepareStatement(
                "SELECT k, v FROM entry WHERE exp > ? AND k IN (" + "?, ".repeat(MANY - 1) + "?)");
        put = connection.prepareStatement(UPSERT);
        scan = connection.prepareStatement("SELECT k, v, ver, exp FROM entry WHERE exp > ? ORDER BY k");
    }

    @Nullable
    String get(String key) throws SQLException {
        get.setBytes(1, bytes(key));
        get.setLong(2, now());
        try (ResultSet row = get.executeQuery()) {
            return row.next() ? text(row.getBytes(1)) : null;
        }
    }

    /** Puts what is found of a hundred keys into a map. */
    void getAll(Iterable<String> keys, Map<String, String> found) throws SQLException {
        int place = 1;
        getMany.setLong(place++, now());
        for (String key : keys) {
            getMany.setBytes(place++, bytes(key));
        }
        try (ResultSet row = getMany.executeQuery()) {
            while (row.next()) {
                found.put(text(row.getBytes(1)), text(row.getBytes(2)));
            }
        }
    }

    /** Writes in a transaction of its own. */
    void put(String key, String value) throws SQLException {
        bind(key, value);
        put.executeUpdate();
    }

    /** Writes in one transaction, in one batch of the driver. */
    void putAll(Map<String, String> entries) throws SQLException {
        connection.setAutoCommit(false);
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            bind(entry.getKey(), entry.getValue());
            put.addBatch();
        }
        put.executeBatch();
        connection.commit();
        connection.setAutoCommit(true);
    }

    private void bind(String key, String value) throws SQLException {
        put.setBytes(1, bytes(key));
        put.setLong(2, Long.MAX_VALUE);
        put.setBytes(3, bytes(value));
    }

    /** Visits all entries by one statement, which holds the write-ahead log for as long as it runs. */
    void scan(BiConsumer<String, String> visitor) throws SQLException {
        scan.setLong(1, now());
        try (ResultSet row = scan.executeQuery()) {
            while (row.next()) {
                row.getLong(3);
                row.getLong(4);
                visitor.accept(text(row.getBytes(1)), text(row.getBytes(2)));
            }
        }
    }

    private static long now() {
        return System.currentTimeMillis() * 1_000;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
