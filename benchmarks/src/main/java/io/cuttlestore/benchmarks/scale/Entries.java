package io.cuttlestore.benchmarks.scale;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The entries that a store is filled with, by number: keys of eight digits, values of 100 bytes. */
final class Entries {
    static final int VALUE_BYTES = 100;

    /** How many entries share a {@linkplain #prefix prefix}. */
    static final int GROUP = 1_000;

    private static final long WITH_LEADING_ZEROS = 100_000_000;

    private Entries() {}

    static String key(long i) {
        return Long.toString(WITH_LEADING_ZEROS + i).substring(1);
    }

    /** What the keys of a group begin with, and no others. */
    static String prefix(long group) {
        return Long.toString(WITH_LEADING_ZEROS / GROUP + group).substring(1);
    }

    static byte[] value(long i) {
        byte[] digits = key(i).getBytes(StandardCharsets.US_ASCII);
        byte[] value = new byte[VALUE_BYTES];
        for (int at = 0; at < VALUE_BYTES; at++) {
            value[at] = digits[at % digits.length];
        }
        return value;
    }

    static Map<String, byte[]> range(long from, long to) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (long i = from; i < to; i++) {
            entries.put(key(i), value(i));
        }
        return entries;
    }
}
