package io.cuttlestore.rocksdb;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The keys of the expiry index: a deadline such that it sorts as bytes, then the key of the record that has it. */
final class ExpiryKey {
    private ExpiryKey() {}

    static byte[] of(long deadline, byte[] key) {
        return ByteBuffer.allocate(Long.BYTES + key.length)
                .putLong(deadline ^ Long.MIN_VALUE)
                .put(key)
                .array();
    }

    static long deadline(byte[] expiryKey) {
        return ByteBuffer.wrap(expiryKey).getLong() ^ Long.MIN_VALUE;
    }

    static byte[] key(byte[] expiryKey) {
        return Arrays.copyOfRange(expiryKey, Long.BYTES, expiryKey.length);
    }
}
