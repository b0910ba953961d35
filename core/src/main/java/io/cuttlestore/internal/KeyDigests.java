package io.cuttlestore.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A set of keys, of which only 128 bits of a digest each are kept: 16 to 32 bytes a key. Not thread-safe. */
final class KeyDigests {
    private final MessageDigest sha256;
    private long[] table = new long[2 * 1024];
    private int size;

    KeyDigests() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }

    /** Adds a key; returns whether it was not there yet. */
    boolean add(String key) {
        ByteBuffer digest = ByteBuffer.wrap(sha256.digest(key.getBytes(StandardCharsets.UTF_8)));
        long high = digest.getLong() | 1; // a slot is free where it is zero
        long low = digest.getLong();
        if (!insert(table, high, low)) {
            return false;
        }
        size++;
        if (size > table.length / 2 * 3 / 4) {
            grow();
        }
        return true;
    }

    private static boolean insert(long[] table, long high, long low) {
        int slots = table.length / 2;
        int slot = (int) (low & slots - 1);
        while (table[2 * slot] != 0) {
            if (table[2 * slot] == high && table[2 * slot + 1] == low) {
                return false;
            }
            slot = slot + 1 & slots - 1;
        }
        table[2 * slot] = high;
        table[2 * slot + 1] = low;
        return true;
    }

    private void grow() {
        long[] larger = new long[2 * table.length];
        for (int i = 0; i < table.length; i += 2) {
            if (table[i] != 0) {
                insert(larger, table[i], table[i + 1]);
            }
        }
        table = larger;
    }
}
