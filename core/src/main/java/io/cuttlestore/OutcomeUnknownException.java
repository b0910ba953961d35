package io.cuttlestore;

import org.jspecify.annotations.Nullable;

/**
 * A write was sent and its reply was lost: it may or may not have been carried out. Nothing is sent again by this
 * library; read the entry to learn what happened.
 */
public final class OutcomeUnknownException extends CuttlestoreException {
    private static final long serialVersionUID = 1L;

    public OutcomeUnknownException(String message) {
        super(message, null, false);
    }

    public OutcomeUnknownException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
