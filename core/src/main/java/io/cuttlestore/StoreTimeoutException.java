package io.cuttlestore;

import org.jspecify.annotations.Nullable;

/**
 * The time allowed for the call ran out. A write that fails so was not carried out; one that may have been is an
 * {@link OutcomeUnknownException}. Transient.
 */
public final class StoreTimeoutException extends CuttlestoreException {
    private static final long serialVersionUID = 1L;

    public StoreTimeoutException(String message) {
        super(message, null, true);
    }

    public StoreTimeoutException(String message, @Nullable Throwable cause) {
        super(message, cause, true);
    }
}
