package io.cuttlestore;

import org.jspecify.annotations.Nullable;

/**
 * The store has no room left: a full disk, an exhausted quota, a server out of memory. The old value is kept.
 */
public final class StoreFullException extends CuttlestoreException {
    private static final long serialVersionUID = 1L;

    public StoreFullException(String message) {
        super(message, null, false);
    }

    public StoreFullException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
