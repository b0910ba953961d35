package io.cuttlestore.spi;

import java.util.List;

/**
 * Opens the backends of one kind. Found by {@link java.util.ServiceLoader}; has a public constructor without arguments;
 * thread-safe.
 */
public interface BackendProvider {
    /** The name of the backend, as in {@link io.cuttlestore.Traits#backend()}: {@code sqlite}. */
    String name();

    /** The schemes of connection strings that it opens, in lower case. */
    List<String> schemes();

    /** The options that its connection strings may have, beside those common to all backends. */
    List<Option<?>> options();

    /**
     * Opens the store that the string names, and makes it where there is none yet.
     *
     * @throws io.cuttlestore.InvalidConnectionStringException if the string does not name one
     * @throws io.cuttlestore.CuttlestoreException if it can't be opened; nothing stays open then
     */
    Backend open(ConnectionString string, OpenContext context);
}
