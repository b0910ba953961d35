package io.cuttlestore;

import org.jspecify.annotations.Nullable;

/**
 * The stored bytes do not decode into the type asked for. The entry is left as it is; {@link Entry#bytes()} still
 * reads it.
 */
public final class UndecodableValueException extends CuttlestoreException {
    private static final long serialVersionUID = 1L;

    public UndecodableValueException(String message) {
        super(message, null, false);
    }

    public UndecodableValueException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
