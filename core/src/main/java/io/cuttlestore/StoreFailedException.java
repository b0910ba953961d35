package io.cuttlestore;

import org.jspecify.annotations.Nullable;

/**
 * The store failed in a way that no other exception of this hierarchy describes; the cause tells more.
 */
public final class StoreFailedException extends CuttlestoreException {
    private static final long serialVersionUID = 1L;

    public StoreFailedException(String message) {
        super(message, null, false);
    }

    public StoreFailedException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
