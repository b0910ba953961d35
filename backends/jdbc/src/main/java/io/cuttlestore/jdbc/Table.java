package io.cuttlestore.jdbc;

import io.cuttlestore.spi.Command;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The table that holds the entries, and the statements on it. None leaves a transaction open, and each that fails with the
 * server's words has changed nothing. Thread-safe.
 */
public interface Table {
    /** How large the values of a page may become; it ends with the one that exceeds it. */
    long LARGE_PAGE_BYTES = 4L << 20;

    /** As messages and {@code location} have it. */
    String name();

    String storeId();

    /** The largest value, in bytes. */
    long maxValueBytes();

    /** How many bytes the keys and values of commands that are carried out together may have, unless it is only one. */
    long maxTripBytes();

    /** Carries out commands of a kind on different keys; returns the rows that were read or changed, by their keys. */
    Map<ByteBuffer, Row> carryOut(Kind kind, List<? extends Command<?>> commands, Connection connection)
            throws SQLException;

    /**
     * Reads live rows of a range, in order, from its beginning.
     *
     * @param size how many at most; fewer only when there are no more, or values of {@link #LARGE_PAGE_BYTES}
     */
    List<Row> page(KeyRange range, int size, boolean keysOnly, Connection connection) throws SQLException;

    /** The last key of a range; {@code null} if it is empty. */
    byte @Nullable [] last(KeyRange range, Connection connection) throws SQLException;

    /** Deletes what is there under some keys, which are in order; returns how much that was. */
    int delete(List<byte[]> keys, Connection connection) throws SQLException;

    /** Deletes up to {@code max} of the rows that have expired, those first that have so longest. */
    int deleteExpired(int max, Connection connection) throws SQLException;
}
