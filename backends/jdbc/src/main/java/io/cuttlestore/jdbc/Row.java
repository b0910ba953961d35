package io.cuttlestore.jdbc;

import io.cuttlestore.spi.Payload;
import io.cuttlestore.spi.Stored;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A row of the table, or the first columns of one in the order {@code k, v, ver, exp}.
 *
 * @param key the stored key in UTF-8
 * @param payload the value; empty if it was not asked for
 * @param ver the version; 0 if it was not asked for
 * @param expiresAt the deadline, as {@link Stored} has it
 */
public record Row(ByteBuffer key, Payload payload, long ver, long expiresAt) implements Stored {
    private static final Payload NOTHING = Payload.of(new byte[0]);

    /** Reads the row that the cursor is on. */
    public static Row of(ResultSet row) throws SQLException {
        int columns = row.getMetaData().getColumnCount();
        return new Row(
                ByteBuffer.wrap(row.getBytes(1)),
                columns < 2 ? NOTHING : Payload.of(row.getBytes(2)),
                columns < 4 ? Versions.NONE : row.getLong(3),
                columns < 4 ? NEVER : row.getLong(4));
    }

    /** A row of which only the key was asked for. */
    public static Row of(byte[] key) {
        return new Row(ByteBuffer.wrap(key), NOTHING, Versions.NONE, NEVER);
    }

    @Override
    public String version() {
        return Versions.token(ver);
    }
}
