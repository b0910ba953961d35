package io.cuttlestore.sqlite;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Version tokens: the 64 bits of a row's {@code ver} in hexadecimal. */
final class Versions {
    private static final HexFormat HEX = HexFormat.of();

    private Versions() {}

    static String token(long ver) {
        return HEX.toHexDigits(ver);
    }

    /** The {@code ver} of a token; {@code null}, which no row has, if it is none of ours. */
    static @Nullable Long parse(String token) {
        try {
            return HexFormat.fromHexDigitsToLong(token);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
