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
/** An entry, as the text of a property {@code VERSION DEADLINE BASE64}. */
record Property(String version, long expiresAt, Payload payload) implements Stored {
    private static final Pattern FORM = Pattern.compile("([0-9a-f-]{36}) (never|\\S+Z) (\\S*)");

    static Property of(Payload payload, long expiresAt) {
        return new Property(UUID.randomUUID().toString(), expiresAt, payload);
    }

    /** The entry, or {@code null} if the text is none. */
    static @Nullable Property parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        try {
            String deadline = matcher.group(2);
            long expiresAt =
                    deadline.equals("never") ? NEVER : Instant.parse(deadline).toEpochMilli();
            byte[] bytes = Base64.getDecoder().decode(matcher.group(3));
            return new Property(matcher.group(1), expiresAt, Payload.of(bytes));
        } catch (DateTimeParseException | ArithmeticException | IllegalArgumentException e) {
            return null;
        }
    }

    Property withDeadline(long deadline) {
        return new Property(version, deadline, payload);
    }

    @Override
    public String toString() {
        String deadline =
                expiresAt == NEVER ? "never" : Instant.ofEpochMilli(expiresAt).toString();
        return version + " " + deadline + " " + Base64.getEncoder().encodeToString(payload.bytes());
    }
}
// @end
