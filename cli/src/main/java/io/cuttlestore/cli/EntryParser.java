package io.cuttlestore.cli;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads what {@link JsonLines} writes. No message holds a part of a value. */
final class EntryParser {
    private @Nullable String key;
    private byte @Nullable [] value;
    private Optional<Instant> expiresAt = Optional.empty();

    private EntryParser() {}

    /**
     * The entry in a line.
     *
     * @throws IllegalArgumentException if there is none
     */
    static PortableEntry parse(byte[] line) {
        try (JsonParser json = Json.parser(line)) {
            return new EntryParser().read(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "is not valid JSON at column " + e.getLocation().getColumnNr(), e);
        }
    }

    private PortableEntry read(JsonParser json) {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("is not a JSON object");
        }
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = json.currentName();
            if (json.nextToken() != JsonToken.VALUE_STRING) {
                throw new IllegalArgumentException("does not have a string as " + known(name));
            }
            property(known(name), json);
        }
        if (json.nextToken() != null) {
            throw new IllegalArgumentException("goes on behind its JSON object");
        }
        if (key == null) {
            throw new IllegalArgumentException("has no " + JsonLines.KEY);
        }
        if (value == null) {
            throw new IllegalArgumentException("has neither " + JsonLines.VALUE + " nor " + JsonLines.BASE64);
        }
        return new PortableEntry(key, value, expiresAt);
    }

    private static String known(String name) {
        return switch (name) {
            case JsonLines.KEY, JsonLines.VALUE, JsonLines.BASE64, JsonLines.EXPIRES_AT -> name;
            default ->
                throw new IllegalArgumentException(
                        "has an unknown property '" + name + "'; key, value or base64, " + "and expiresAt are known");
        };
    }

    private void property(String name, JsonParser json) {
        switch (name) {
            case JsonLines.KEY -> key = json.getString();
            case JsonLines.VALUE -> value(utf8(json.getString(), name));
            case JsonLines.BASE64 -> value(json.getBinaryValue());
            default -> expiresAt = Optional.of(instant(json.getString()));
        }
    }

    private void value(byte[] bytes) {
        if (value != null) {
            throw new IllegalArgumentException("has both " + JsonLines.VALUE + " and " + JsonLines.BASE64);
        }
        value = bytes;
    }

    /**
     * The text in UTF-8.
     *
     * @param name the property that it is the value of
     * @throws IllegalArgumentException if it has no UTF-8 form
     */
    static byte[] utf8(String text, String name) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] exact = new byte[bytes.remaining()];
            bytes.get(exact);
            return exact;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("has an unpaired surrogate in its " + name, e);
        }
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "does not have an instant such as 2030-01-01T00:00:00Z as " + JsonLines.EXPIRES_AT, e);
        }
    }
}
