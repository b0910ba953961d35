package io.cuttlestore.cli;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads lines of bytes, and never more than a bound of memory for one. Not thread-safe. */
final class BoundedLines {
    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final int maxBytes;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long number;

    BoundedLines(InputStream in, int maxBytes) {
        this.in = new BufferedInputStream(in, BUFFER_BYTES);
        this.maxBytes = maxBytes;
    }

    /**
     * The next line without its end; {@code null} if there is none.
     *
     * @throws IllegalArgumentException if it is too long
     */
    byte @Nullable [] next() throws IOException {
        int c = in.read();
        if (c < 0) {
            return null;
        }
        number++;
        line.reset();
        for (; c >= 0 && c != '\n'; c = in.read()) {
            if (line.size() == maxBytes) {
                throw new IllegalArgumentException("is longer than " + Printable.size(maxBytes)
                        + ", the most that this store and this process's memory allow");
            }
            line.write(c);
        }
        return line.toByteArray();
    }

    /** The number of the line that was read last; the first is 1. */
    long number() {
        return number;
    }
}
