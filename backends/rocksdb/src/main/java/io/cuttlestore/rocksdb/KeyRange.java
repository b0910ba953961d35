package io.cuttlestore.rocksdb;

import io.cuttlestore.spi.ScanRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The keys that have still to be visited, in the order of their bytes, which is that of the records. */
final class KeyRange {
    private final byte[] from;
    private final byte[] to;

    /**
     * A range of keys.
     *
     * @param from the least key, inclusive
     * @param to the greatest key, exclusive
     */
    KeyRange(byte[] from, byte[] to) {
        this.from = from;
        this.to = to;
    }

    /**
     * The range of a scan behind a position.
     *
     * @param position the {@link #positionBehind last key visited}; {@code null} at first
     * @throws IllegalArgumentException if it is no position in a scan of this prefix
     */
    static KeyRange of(ScanRequest request, @Nullable String position) {
        byte[] prefix = request.prefix().getBytes(StandardCharsets.UTF_8);
        byte[] end = Arrays.copyOf(prefix, prefix.length + 1);
        end[prefix.length] = (byte) 0xFF; // which no UTF-8 text holds
        if (position == null) {
            return new KeyRange(prefix, end);
        }
        byte[] last = HexFormat.of().parseHex(position);
        if (last.length < prefix.length || !Arrays.equals(last, 0, prefix.length, prefix, 0, prefix.length)) {
            throw new IllegalArgumentException("the cursor comes from a scan of another prefix");
        }
        return new KeyRange(behind(last), end);
    }

    /** This range without what lies behind a position. */
    KeyRange upTo(String position) {
        return new KeyRange(from, behind(HexFormat.of().parseHex(position)));
    }

    /** The position behind a key. */
    static String positionBehind(byte[] key) {
        return HexFormat.of().formatHex(key);
    }

    /** The least key that is greater than this one. */
    static byte[] behind(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    byte[] from() {
        return from;
    }

    byte[] to() {
        return to;
    }
}
