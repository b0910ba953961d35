package io.cuttlestore.reliability.fuzz;

import java.nio.charset.StandardCharsets;

/** What a fuzzer made, read piece by piece. Not thread-safe. */
final class Input {
    private final byte[] bytes;
    private int position;

    Input(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A byte; 0 at the end. */
    int next() {
        return position < bytes.length ? bytes[position++] & 0xff : 0;
    }

    /** A text of a length that the first byte tells: UTF-8, or any 16-bit units, unpaired surrogates among them. */
    String text() {
        int head = next();
        byte[] part = take(head >> 1);
        if ((head & 1) == 0) {
            return new String(part, StandardCharsets.UTF_8);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i + 1 < part.length; i += 2) {
            text.append((char) ((part[i] << 8) | (part[i + 1] & 0xff)));
        }
        return text.toString();
    }

    /** All that is left. */
    byte[] rest() {
        return take(bytes.length - position);
    }

    private byte[] take(int length) {
        byte[] part = new byte[Math.min(length, bytes.length - position)];
        System.arraycopy(bytes, position, part, 0, part.length);
        position += part.length;
        return part;
    }
}
