package io.cuttlestore.cli;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The positional arguments of a command with the store told apart from the rest.
 *
 * <p>The rule: the first argument is the store if it looks like a connection string, {@code SCHEME://...} or
 * {@code in-memory}. If it does not, the store is that of {@code CUTTLESTORE_URL}; where that is not set, the first
 * argument is taken for the store whatever it looks like.
 *
 * @param url the connection string
 * @param others the arguments behind it
 */
record Arguments(String url, List<String> others) {
    static final String URL_VARIABLE = "CUTTLESTORE_URL";

    private static final String CONNECTION_STRING = "(?s)[A-Za-z][A-Za-z0-9+.-]*://.*|in-memory([:?].*)?";

    /**
     * Tells them apart.
     *
     * @throws IllegalArgumentException if there is no store
     */
    static Arguments of(List<String> given, @Nullable String defaultUrl) {
        if (defaultUrl != null && (given.isEmpty() || !isConnectionString(given.get(0)))) {
            return new Arguments(defaultUrl, given);
        }
        if (given.isEmpty()) {
            throw new IllegalArgumentException("missing URL: name the store, or set " + URL_VARIABLE);
        }
        return new Arguments(given.get(0), given.subList(1, given.size()));
    }

    /** Whether this is, or was meant to be, a connection string with a password in it. */
    static boolean mayHoldPassword(String text) {
        return text.contains("@") || text.contains("%40") || text.contains("://");
    }

    static boolean isConnectionString(String text) {
        return text.matches(CONNECTION_STRING);
    }
}
