package io.cuttlestore.internal;

import io.cuttlestore.Cursor;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32C;

/** Binds a backend's position to the store and the prefix it belongs to: {@code store.sum.position}. */
final class Cursors {
    private Cursors() {}

    static Cursor wrap(String storeId, String prefix, String position) {
        String encoded =
                Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
        return Cursor.parse(storeId + "." + sum(prefix, encoded) + "." + encoded);
    }

    static String unwrap(String storeId, String prefix, Cursor cursor) {
        String[] parts = cursor.toString().split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("not a cursor of this library");
        }
        if (!parts[0].equals(storeId)) {
            throw new IllegalArgumentException("the cursor belongs to another store");
        }
        if (!parts[1].equals(sum(prefix, parts[2]))) {
            throw new IllegalArgumentException(
                    "the cursor belongs to a scan of another prefix or namespace, or it is damaged");
        }
        return new String(Base64.getUrlDecoder().decode(parts[2]), StandardCharsets.UTF_8);
    }

    private static String sum(String prefix, String encodedPosition) {
        CRC32C crc = new CRC32C();
        crc.update((prefix + '\0' + encodedPosition).getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
