package io.cuttlestore;

import java.util.regex.Pattern;

/**
 * A token that identifies the value of an entry; the basis of conditional writes.
 *
 * <p>A version belongs to a value and not to its deadline, and never recurs for other bytes under the same key.
 * {@link #toString()} is safe in URLs, form fields and ETags, and {@link #parse} reads it back. Immutable.
 */
public final class Version {
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    private final String store;
    private final String token;

    private Version(String store, String token) {
        this.store = store;
        this.token = token;
    }

    /**
     * For backends: the version with this token in the store with this id.
     *
     * @throws IllegalArgumentException if either is not 1 to 128 of {@code A-Z a-z 0-9 _ -}
     */
    public static Version of(String store, String token) {
        if (!PART.matcher(store).matches() || !PART.matcher(token).matches()) {
            throw new IllegalArgumentException("not a version: a store id and a token of A-Z a-z 0-9 _ - are needed");
        }
        return new Version(store, token);
    }

    /**
     * Reads what {@link #toString()} printed.
     *
     * @throws IllegalArgumentException if it is not a version
     */
    public static Version parse(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("not a version: STORE.TOKEN was expected");
        }
        return of(text.substring(0, dot), text.substring(dot + 1));
    }

    /** The id of the store that gave the version. */
    public String store() {
        return store;
    }

    /** What tells this value from others under the same key. */
    public String token() {
        return token;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Version that && store.equals(that.store) && token.equals(that.token);
    }

    @Override
    public int hashCode() {
        return 31 * store.hashCode() + token.hashCode();
    }

    @Override
    public String toString() {
        return store + "." + token;
    }
}
