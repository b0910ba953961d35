package io.cuttlestore;

import org.jspecify.annotations.Nullable;

/**
 * A connection string that does not name a store: bad syntax, an unknown scheme or option, a missing part. The
 * message never repeats a password.
 */
public final class InvalidConnectionStringException extends CuttlestoreException {
    private static final long serialVersionUID = 1L;

    public InvalidConnectionStringException(String message) {
        super(message, null, false);
    }

    public InvalidConnectionStringException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
