package io.cuttlestore;

import org.jspecify.annotations.Nullable;

/**
 * What the connection string names is not a store that this version can use: another kind of file, or a store
 * written by a newer version. It is left untouched.
 */
public final class IncompatibleStoreException extends CuttlestoreException {
    private static final long serialVersionUID = 1L;

    public IncompatibleStoreException(String message) {
        super(message, null, false);
    }

    public IncompatibleStoreException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
