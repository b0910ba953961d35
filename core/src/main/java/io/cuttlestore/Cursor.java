package io.cuttlestore;

import java.util.regex.Pattern;

/**
 * A position between two pages of a scan. Holds everything the store needs to go on, so it may be printed, kept and
 * parsed by another process. Immutable.
 */
public final class Cursor {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_.-]+");

    private final String text;

    private Cursor(String text) {
        this.text = text;
    }

    /**
     * Reads what {@link #toString()} printed. Whether it fits the store is checked when it is used.
     *
     * @throws IllegalArgumentException if it holds anything but {@code A-Z a-z 0-9 _ - .}, or nothing
     */
    public static Cursor parse(String text) {
        if (!ALLOWED.matcher(text).matches()) {
            throw new IllegalArgumentException("not a cursor: only A-Z a-z 0-9 _ - . are expected");
        }
        return new Cursor(text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cursor that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The cursor in characters that are safe in a URL. */
    @Override
    public String toString() {
        return text;
    }
}
