package io.cuttlestore.sqlite;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What is in a row's {@code ver}: 32 random bits, then the CRC32C of the key and the value, by which a damaged row is told
 * from a whole one. Tokens are its 64 bits in hexadecimal.
 */
final class Versions {
    /** Stands in place of the checksum where another program wrote the row. */
    static final int UNCHECKED = 0xC0DE600D;

    private static final HexFormat HEX = HexFormat.of();
    private static final long CHECKSUM = 0xFFFF_FFFFL;

    private Versions() {}

    /** Another version for each call. */
    static long next(byte[] key, byte[] value) {
        return ((long) ThreadLocalRandom.current().nextInt() << Integer.SIZE) | (checksum(key, value) & CHECKSUM);
    }

    /** Whether this can be the version of a value under a key; 0, for which {@code NULL} reads, can't. */
    static boolean fits(long ver, byte[] key, byte[] value) {
        return ver != 0 && ((int) ver == checksum(key, value) || (int) ver == UNCHECKED);
    }

    private static int checksum(byte[] key, byte[] value) {
        CRC32C checksum = new CRC32C();
        checksum.update(key, 0, key.length);
        checksum.update(value, 0, value.length);
        return (int) checksum.getValue();
    }

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
