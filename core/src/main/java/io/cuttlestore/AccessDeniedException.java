package io.cuttlestore;

import org.jspecify.annotations.Nullable;

/**
 * The store refused the credentials, or they do not allow this operation.
 */
public final class AccessDeniedException extends CuttlestoreException {
    private static final long serialVersionUID = 1L;

    public AccessDeniedException(String message) {
        super(message, null, false);
    }

    public AccessDeniedException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
