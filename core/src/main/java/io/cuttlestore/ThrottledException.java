package io.cuttlestore;

import org.jspecify.annotations.Nullable;

/**
 * The store asks for fewer requests. Transient.
 */
public final class ThrottledException extends CuttlestoreException {
    private static final long serialVersionUID = 1L;

    public ThrottledException(String message) {
        super(message, null, true);
    }

    public ThrottledException(String message, @Nullable Throwable cause) {
        super(message, cause, true);
    }
}
