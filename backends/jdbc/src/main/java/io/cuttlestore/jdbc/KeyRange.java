package io.cuttlestore.jdbc;

import io.cuttlestore.spi.ScanRequest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The stored keys that a scan has still to visit, in the order of their UTF-8 bytes, which is that of {@code k}. */
public final class KeyRange {
    private final byte[] from;
    private final byte[] to;

    private KeyRange(byte[] from, byte[] to) {
        this.from = from;
        this.to = to;
    }

    /**
     * The range behind a position.
     *
     * @param position the {@link #positionOf last key visited}; {@code null} at first
     * @throws IllegalArgumentException if it is no position in a scan of this prefix
     */
    public static KeyRange of(ScanRequest request, @Nullable String position) {
        byte[] prefix = request.prefix().getBytes(StandardCharsets.UTF_8);
        byte[] end = Arrays.copyOf(prefix, prefix.length + 1);
        end[prefix.length] = (byte) 0xFF; // which no UTF-8 text holds
        return new KeyRange(position == null ? prefix : behind(position, prefix), end);
    }

    /** This range without what lies behind a position. */
    KeyRange upTo(String position) {
        return new KeyRange(from, behind(position, new byte[0]));
    }

    private static byte[] behind(String position, byte[] prefix) {
        byte[] last = HexFormat.of().parseHex(position);
        if (last.length < prefix.length || !Arrays.equals(last, 0, prefix.length, prefix, 0, prefix.length)) {
            throw new IllegalArgumentException("the cursor comes from a scan of another prefix");
        }
        return Arrays.copyOf(last, last.length + 1);
    }

    /** The position behind a key. */
    static String positionOf(byte[] key) {
        return HexFormat.of().formatHex(key);
    }

    /** The least key, inclusive. */
    public byte[] from() {
        return from;
    }

    /** The greatest key, exclusive. */
    public byte[] to() {
        return to;
    }
}
