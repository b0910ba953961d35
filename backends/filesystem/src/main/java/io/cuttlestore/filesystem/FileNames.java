package io.cuttlestore.filesystem;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file name of a key: ASCII, without upper case, and safe on every file system. {@code a-z 0-9 - _ .} stand for
 * themselves, every other byte of the key's UTF-8 as {@code %xx}. A first or last dot is escaped too, and the first
 * letter of what Windows takes for a device. A name of more than {@value #LONGEST} characters is cut, and closed with a
 * {@code ~} and a hash of the key; those can't be turned back into keys, all others can.
 */
final class FileNames {
    static final int LONGEST = 140;

    private static final int KEPT = 96;
    private static final int HASH_BYTES = 20;
    private static final int HASHED_LENGTH = KEPT + 1 + 2 * HASH_BYTES;
    private static final HexFormat HEX = HexFormat.of();
    private static final Pattern DEVICE =
            Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?", Pattern.DOTALL);
    private static final Pattern HASHED =
            Pattern.compile("[a-z0-9_%-][a-z0-9._%-]{" + (KEPT - 1) + "}~[0-9a-f]{" + 2 * HASH_BYTES + "}");

    private FileNames() {}

    static String of(String key) {
        return isItsOwnName(key) ? key : escaped(key);
    }

    private static boolean isItsOwnName(String key) {
        int length = key.length();
        if (length == 0 || length > LONGEST || key.charAt(0) == '.' || key.charAt(length - 1) == '.') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!isPlain(key.charAt(i))) {
                return false;
            }
        }
        return !isDevice(key);
    }

    private static String escaped(String key) {
        byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
        boolean device = isDevice(key);
        StringBuilder name = new StringBuilder(utf8.length + 16);
        for (int i = 0; i < utf8.length; i++) {
            byte b = utf8[i];
            boolean edge = i == 0 || i == utf8.length - 1;
            if (!isPlain((char) b) || (edge && b == '.') || (i == 0 && device)) {
                HEX.toHexDigits(name.append('%'), b);
            } else {
                name.append((char) b);
            }
        }
        if (name.length() <= LONGEST) {
            return name.toString();
        }
        name.setLength(KEPT);
        return name.append('~').append(hash(utf8)).toString();
    }

    /** Whether the key of this name can't be read from it. */
    static boolean isHashed(String name) {
        return name.length() == HASHED_LENGTH
                && name.charAt(KEPT) == '~'
                && HASHED.matcher(name).matches();
    }

    /** Whether some key has this name. */
    static boolean isName(String name) {
        return isHashed(name) || keyOf(name) != null;
    }

    /** The key of a name that is not hashed; {@code null} if no key has this name. */
    static @Nullable String keyOf(String name) {
        byte[] utf8 = new byte[name.length()];
        int length = 0;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c != '%') {
                utf8[length++] = (byte) c;
            } else if (i + 2 < name.length()
                    && HexFormat.isHexDigit(name.charAt(i + 1))
                    && HexFormat.isHexDigit(name.charAt(i + 2))) {
                utf8[length++] = (byte) HexFormat.fromHexDigits(name, i + 1, i + 3);
                i += 2;
            } else {
                return null;
            }
        }
        String key = decode(ByteBuffer.wrap(utf8, 0, length));
        return key != null && !key.isEmpty() && of(key).equals(name) ? key : null;
    }

    /** A number from 0 to 255, spread evenly over names: the low byte of their CRC32C. */
    static int shardOf(String name) {
        return shardOf(checksum(name));
    }

    static int shardOf(int checksum) {
        return checksum & 0xff;
    }

    /** The CRC32C of a name. */
    static int checksum(String name) {
        CRC32C checksum = new CRC32C();
        checksum.update(name.getBytes(StandardCharsets.US_ASCII));
        return (int) checksum.getValue();
    }

    private static @Nullable String decode(ByteBuffer utf8) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(utf8).toString();
        } catch (CharacterCodingException notUtf8) {
            return null;
        }
    }

    private static boolean isDevice(String key) {
        return !key.isEmpty()
                && "acnpl".indexOf(key.charAt(0)) >= 0
                && DEVICE.matcher(key).matches();
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    }

    private static String hash(byte[] utf8) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(utf8);
            return HEX.formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
