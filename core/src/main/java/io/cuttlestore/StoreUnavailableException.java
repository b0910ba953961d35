package io.cuttlestore;

import org.jspecify.annotations.Nullable;

/**
 * The store could not be reached, and the operation was not carried out. Transient.
 */
public final class StoreUnavailableException extends CuttlestoreException {
    private static final long serialVersionUID = 1L;

    public StoreUnavailableException(String message) {
        super(message, null, true);
    }

    public StoreUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause, true);
    }
}
