package io.cuttlestore.spi;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An option of connection strings: its name, type and meaning. Immutable.
 *
 * @param <T> its values
 */
public final class Option<T> {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,18})(ms|s|m|h|d)");

    private final String name;
    private final String form;
    private final String description;
    private final boolean sensitive;
    private final Function<String, T> parser;

    private Option(String name, String form, String description, boolean sensitive, Function<String, T> parser) {
        this.name = name;
        this.form = form;
        this.description = description;
        this.sensitive = sensitive;
        this.parser = parser;
    }

    /** Any text that is not empty. */
    public static Option<String> text(String name, String description) {
        return new Option<>(name, "text", description, false, text -> {
            if (text.isEmpty()) {
                throw new IllegalArgumentException();
            }
            return text;
        });
    }

    /** A text that is shown nowhere: no message, log line or {@code toString} repeats it. */
    public static Option<String> secret(String name, String description) {
        return new Option<>(name, "text", description, true, text -> text);
    }

    /** A file or folder. */
    public static Option<Path> path(String name, String description) {
        return new Option<>(name, "path", description, false, text -> {
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }

    /** A whole number within bounds. */
    public static Option<Integer> integer(String name, int min, int max, String description) {
        return new Option<>(name, "a whole number from " + min + " to " + max, description, false, text -> {
            int number = Integer.parseInt(text);
            if (number < min || number > max) {
                throw new IllegalArgumentException();
            }
            return number;
        });
    }

    /** A positive duration: {@code 500ms}, {@code 60s}, {@code 10m}, {@code 2h}, {@code 7d}, or ISO-8601. */
    public static Option<Duration> duration(String name, String description) {
        return new Option<>(name, "a duration such as 500ms, 60s, 10m, 2h or 7d", description, false, text -> {
            Duration duration = parseDuration(text);
            if (duration.isZero() || duration.isNegative()) {
                throw new IllegalArgumentException();
            }
            return duration;
        });
    }

    /** One of the constants of an enum, in lower case with {@code -} for {@code _}. */
    public static <E extends Enum<E>> Option<E> choice(String name, Class<E> type, String description) {
        E[] constants = type.getEnumConstants();
        StringJoiner words = new StringJoiner(", ", "one of ", "");
        for (E constant : constants) {
            words.add(word(constant));
        }
        return new Option<>(
                name,
                words.toString(),
                description,
                false,
                text -> Arrays.stream(constants)
                        .filter(constant -> word(constant).equals(text))
                        .findFirst()
                        .orElseThrow(IllegalArgumentException::new));
    }

    /** {@code true} or {@code false}. */
    public static Option<Boolean> flag(String name, String description) {
        return new Option<>(name, "true or false", description, false, text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        });
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Reads a duration: {@code 500ms}, {@code 60s}, {@code 10m}, {@code 2h}, {@code 7d}, or ISO-8601.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Duration parseDuration(String text) {
        Matcher matcher = DURATION.matcher(text);
        try {
            if (!matcher.matches()) {
                return Duration.parse(text);
            }
            long amount = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new IllegalArgumentException("'" + text + "' is not a duration such as 500ms, 60s, 10m, 2h or 7d", e);
        }
    }

    public String name() {
        return name;
    }

    /** What a value looks like, for people. */
    public String form() {
        return form;
    }

    /** What the option does, for people. */
    public String description() {
        return description;
    }

    /** Whether the value must be shown nowhere. */
    public boolean isSensitive() {
        return sensitive;
    }

    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException if the text is not of the option's {@link #form()}
     */
    public T parse(String text) {
        return parser.apply(text);
    }

    @Override
    public String toString() {
        return name;
    }
}
