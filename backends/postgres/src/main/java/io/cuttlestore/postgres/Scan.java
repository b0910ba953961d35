package io.cuttlestore.postgres;

import io.cuttlestore.spi.ScanEntry;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.Stored;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements that come to many rows without being given their keys. */
final class Scan {
    /** How large the values of a page may become; it ends with the one that exceeds it. */
    private static final long LARGE_PAGE_BYTES = 4L << 20;

    private static final String IN_RANGE =
            " FROM {table} WHERE k >= ? AND k < ? AND exp > " + Kind.Sql.NOW + " ORDER BY k";
    private static final String KEYS = "SELECT k" + IN_RANGE + " LIMIT ?";
    private static final String ENTRIES = "SELECT k, v, ver, exp FROM (SELECT k, v, ver, exp,"
            + " sum(octet_length(v)) OVER (ORDER BY k ROWS UNBOUNDED PRECEDING) - octet_length(v) AS before" + IN_RANGE
            + " LIMIT ?) AS page WHERE before < " + LARGE_PAGE_BYTES + " ORDER BY k";
    private static final String LAST = "SELECT k" + IN_RANGE + " DESC LIMIT 1";

    private static final String DELETE = "DELETE FROM {table} WHERE k = ANY (?)";

    /** Passes over rows that somebody else is about to change, so that it waits for nobody. */
    private static final String DELETE_EXPIRED =
            "DELETE FROM {table} WHERE k = ANY (ARRAY(SELECT k FROM {table} WHERE exp < "
                    + Long.MAX_VALUE + " AND exp <= floor(extract(epoch FROM statement_timestamp()) * 1000)::bigint"
                    + " ORDER BY exp LIMIT ? FOR UPDATE SKIP LOCKED))";

    private static final char REPLACEMENT = '\uFFFD'; // what stands for bytes that are not UTF-8

    private Scan() {}

    /** Reads a page of a range, which ends early when it has become large. */
    static ScanPage page(Connection connection, Table table, KeyRange range, int size, boolean keysOnly)
            throws SQLException {
        List<ScanEntry> entries = new ArrayList<>();
        byte[] last = null;
        int rows = 0;
        long bytes = 0;
        try (PreparedStatement statement = connection.prepareStatement(table.named(keysOnly ? KEYS : ENTRIES))) {
            statement.setBytes(1, range.from());
            statement.setBytes(2, range.to());
            statement.setInt(3, size);
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    Row row = Row.of(found);
                    last = row.key().array();
                    rows++;
                    bytes += row.payload().encodedLength();
                    String key = keyOf(last);
                    if (key != null) {
                        entries.add(new ScanEntry(key, keysOnly ? Stored.present() : row));
                    }
                }
            }
        }
        boolean isFull = rows == size || bytes >= LARGE_PAGE_BYTES;
        return new ScanPage(entries, last != null && isFull ? KeyRange.positionOf(last) : null);
    }

    /** The stored key of a row; {@code null}, with a warning, if the row is not one that we wrote. */
    private static @Nullable String keyOf(byte[] k) {
        String key = new String(k, StandardCharsets.UTF_8);
        if (key.indexOf(REPLACEMENT) < 0 || Arrays.equals(key.getBytes(StandardCharsets.UTF_8), k)) {
            return key;
        }
        System.getLogger(Scan.class.getName())
                .log(Level.WARNING, "skipped a row whose key is not UTF-8: x''{0}''", KeyRange.positionOf(k));
        return null;
    }

    /** The position behind the last key of a range; {@code null} if it is empty. */
    static @Nullable String end(Connection connection, Table table, KeyRange range) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(table.named(LAST))) {
            statement.setBytes(1, range.from());
            statement.setBytes(2, range.to());
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? KeyRange.positionOf(found.getBytes(1)) : null;
            }
        }
    }

    /** Deletes entries; returns how many there still were. */
    static int delete(Connection connection, Table table, List<ScanEntry> entries) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(table.named(DELETE))) {
            byte[][] keys = entries.stream()
                    .map(entry -> entry.key().getBytes(StandardCharsets.UTF_8))
                    .toArray(byte[][]::new);
            statement.setArray(1, connection.createArrayOf("bytea", keys));
            return statement.executeUpdate();
        }
    }

    /** Makes a trip. */
    static boolean ping(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
            return statement.execute();
        }
    }

    /** Deletes up to {@code max} of the rows that have expired, those first that have so longest. */
    static int deleteExpired(Connection connection, Table table, int max) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(table.named(DELETE_EXPIRED))) {
            statement.setInt(1, max);
            return statement.executeUpdate();
        }
    }
}
