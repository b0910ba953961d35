package io.cuttlestore.rocksdb;

import io.cuttlestore.spi.Payload;
import io.cuttlestore.spi.Stored;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An entry as the value of a record: version and deadline in eight bytes each, then the value. See docs/formats-rocksdb.md.
 *
 * @param ver its version
 * @param expiresAt its deadline in epoch milliseconds, or {@link #NEVER}
 * @param payload its value; empty where only the head was read
 */
record Row(long ver, long expiresAt, Payload payload) implements Stored {
    /** How many bytes stand before the value. */
    static final int HEAD = 2 * Long.BYTES;

    /** What stands for a record that is too short to be an entry. It is not live, whatever the time. */
    private static final Row TOO_SHORT = new Row(Versions.NONE, Long.MIN_VALUE, Payload.of(new byte[0]));

    /** A new entry. */
    static Row of(Payload payload, long expiresAt) {
        return new Row(Versions.next(), expiresAt, payload);
    }

    /** The entry that a record holds, or one that {@link #isDamaged()}. */
    static Row parse(byte[] record) {
        return record.length < HEAD ? TOO_SHORT : parse(record, Arrays.copyOfRange(record, HEAD, record.length));
    }

    /** The entry, without its value, that a record of this length holds, or one that {@link #isDamaged()}. */
    static Row parseHead(byte[] head, int length) {
        return length < HEAD ? TOO_SHORT : parse(head, new byte[0]);
    }

    private static Row parse(byte[] head, byte[] value) {
        ByteBuffer numbers = ByteBuffer.wrap(head);
        return new Row(numbers.getLong(), numbers.getLong(), Payload.of(value));
    }

    /** The record that holds the entry. */
    byte[] record() {
        byte[] value = payload.bytes();
        return ByteBuffer.allocate(HEAD + value.length)
                .putLong(ver)
                .putLong(expiresAt)
                .put(value)
                .array();
    }

    Row withDeadline(long deadline) {
        return new Row(ver, deadline, payload);
    }

    /** Whether this is no entry. */
    boolean isDamaged() {
        return ver == Versions.NONE;
    }

    /** What was found, unless it has expired. */
    static @Nullable Row ifLive(@Nullable Row found, long now) {
        return found != null && found.expiresAt > now ? found : null;
    }

    @Override
    public String version() {
        return Versions.token(ver);
    }
}
