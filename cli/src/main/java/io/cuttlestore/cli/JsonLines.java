package io.cuttlestore.cli;

import io.cuttlestore.Entry;
import java.io.OutputStream;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * Lists entries as JSON, one object after the other: {@code {"key":"k","value":"text","expiresAt":"2026-11-22T10:15:30Z"}}.
 * A value that is not UTF-8 stands in {@code base64} in place of {@code value}; what never expires has no
 * {@code expiresAt}. Not thread-safe.
 */
final class JsonLines implements Listing {
    static final String KEY = "key";
    static final String VALUE = "value";
    static final String BASE64 = "base64";
    static final String EXPIRES_AT = "expiresAt";

    private final JsonGenerator generator;

    /** Writes to a stream, which stays open: a line for each object, or indented. */
    JsonLines(OutputStream stream, boolean indented) {
        this.generator = Json.generator(stream, indented);
    }

    @Override
    public void key(String key) {
        generator.writeStartObject();
        generator.writeStringProperty(KEY, key);
        generator.writeEndObject();
        generator.writeRaw('\n');
    }

    @Override
    public void entry(Entry<byte[]> entry) {
        generator.writeStartObject();
        generator.writeStringProperty(KEY, entry.key());
        byte[] value = entry.value();
        Optional<String> text = Printable.decode(value);
        if (text.isPresent()) {
            generator.writeStringProperty(VALUE, text.get());
        } else {
            generator.writeBinaryProperty(BASE64, value);
        }
        entry.expiresAt().ifPresent(deadline -> generator.writeStringProperty(EXPIRES_AT, deadline.toString()));
        generator.writeEndObject();
        generator.writeRaw('\n');
    }

    @Override
    public void close() {
        generator.close();
    }
}
