package io.cuttlestore.jdbc;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** What is in a row's {@code ver}: 64 random bits, but not all zero. Tokens are those bits in hexadecimal. */
public final class Versions {
    /** No row has it. */
    public static final long NONE = 0;

    private static final HexFormat HEX = HexFormat.of();

    private Versions() {}

    /** Another version for each call. */
    public static long next() {
        long ver = ThreadLocalRandom.current().nextLong();
        return ver == NONE ? 1 : ver;
    }

    static String token(long ver) {
        return HEX.toHexDigits(ver);
    }

    /** The {@code ver} of a token; {@link #NONE} if it is none of ours. */
    static long parse(String token) {
        try {
            return HexFormat.fromHexDigitsToLong(token);
        } catch (IllegalArgumentException e) {
            return NONE;
        }
    }
}
