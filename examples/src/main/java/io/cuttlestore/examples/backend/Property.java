package io.cuttlestore.examples.backend;

import io.cuttlestore.spi.Payload;
import io.cuttlestore.spi.Stored;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

// @start region="property"
/** An entry as the text of a property: {@code VERSION DEADLINE BASE64}. */
record Property(String version, long expiresAt, String base64) {
    private static final Pattern FORM = Pattern.compile("([0-9a-f-]{36}) (never|\\S+Z) ([A-Za-z0-9+/]*={0,2})");

    static Property of(Payload payload, long expiresAt) {
        String version = UUID.randomUUID().toString();
        return new Property(version, expiresAt, Base64.getEncoder().encodeToString(payload.bytes()));
    }

    /** The entry, or {@code null} if the text is none. */
    static @Nullable Property parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        try {
            String deadline = matcher.group(2);
            long expiresAt = deadline.equals("never")
                    ? Stored.NEVER
                    : Instant.parse(deadline).toEpochMilli();
            return new Property(matcher.group(1), expiresAt, matcher.group(3));
        } catch (DateTimeParseException | ArithmeticException e) {
            return null;
        }
    }

    Property withDeadline(long deadline) {
        return new Property(version, deadline, base64);
    }

    Stored stored() {
        return Stored.of(Payload.of(Base64.getDecoder().decode(base64)), version, expiresAt);
    }

    @Override
    public String toString() {
        return version + " " + (expiresAt == Stored.NEVER ? "never" : Instant.ofEpochMilli(expiresAt)) + " " + base64;
    }
}
// @end
