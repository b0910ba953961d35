package io.cuttlestore;

import org.jspecify.annotations.Nullable;

/**
 * The codec could not turn a value into bytes. Nothing was written.
 */
public final class UnencodableValueException extends CuttlestoreException {
    private static final long serialVersionUID = 1L;

    public UnencodableValueException(String message) {
        super(message, null, false);
    }

    public UnencodableValueException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
