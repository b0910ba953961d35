package io.cuttlestore;

import org.jspecify.annotations.Nullable;

/**
 * The calling thread was interrupted while it waited. Its interrupt flag is set again.
 */
public final class StoreInterruptedException extends CuttlestoreException {
    private static final long serialVersionUID = 1L;

    public StoreInterruptedException(String message) {
        super(message, null, false);
    }

    public StoreInterruptedException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
