package io.cuttlestore.cli;

import io.cuttlestore.Entry;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Lists entries as key, tab, value on a line each: as they are, or shortened and made safe to look at. Not thread-safe.
 */
final class TextLines implements Listing {
    private static final int SHOWN_CHARACTERS = 200;

    private final OutputStream stream;
    private final boolean forPeople;

    TextLines(OutputStream stream, boolean forPeople) {
        this.stream = stream;
        this.forPeople = forPeople;
    }

    @Override
    public void key(String key) throws IOException {
        write(key);
        stream.write('\n');
    }

    @Override
    public void entry(Entry<byte[]> entry) throws IOException {
        write(entry.key());
        stream.write('\t');
        stream.write(forPeople ? excerpt(entry.value()).getBytes(StandardCharsets.UTF_8) : entry.value());
        stream.write('\n');
    }

    private void write(String key) throws IOException {
        stream.write((forPeople ? Printable.line(key) : key).getBytes(StandardCharsets.UTF_8));
    }

    private static String excerpt(byte[] value) {
        String text = Printable.decode(value).orElse(null);
        if (text == null) {
            return "(" + Printable.size(value.length) + " that are not text)";
        }
        if (text.codePointCount(0, text.length()) <= SHOWN_CHARACTERS) {
            return Printable.line(text);
        }
        String beginning = text.substring(0, text.offsetByCodePoints(0, SHOWN_CHARACTERS));
        return Printable.line(beginning) + "... (" + Printable.size(value.length) + ")";
    }

    @Override
    public void close() {}
}
