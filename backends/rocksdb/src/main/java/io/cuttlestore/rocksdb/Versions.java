package io.cuttlestore.rocksdb;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** The version of a record: 64 random bits, but not all zero. Tokens are those bits in hexadecimal. */
final class Versions {
    /** No record has it. */
    static final long NONE = 0;

    private static final HexFormat HEX = HexFormat.of();

    private Versions() {}

    /** Another version for each call. */
    static long next() {
        long ver = ThreadLocalRandom.current().nextLong();
        return ver == NONE ? 1 : ver;
    }

    static String token(long ver) {
        return HEX.toHexDigits(ver);
    }

    /** The version of a token; {@link #NONE} if it is none of ours. */
    static long parse(String token) {
        try {
            return HexFormat.fromHexDigitsToLong(token);
        } catch (IllegalArgumentException e) {
            return NONE;
        }
    }
}
