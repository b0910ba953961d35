package io.cuttlestore;

import org.jspecify.annotations.Nullable;

/**
 * The backend does not have a {@link Capability} that the operation needs.
 */
public final class UnsupportedCapabilityException extends CuttlestoreException {
    private static final long serialVersionUID = 1L;

    public UnsupportedCapabilityException(String message) {
        super(message, null, false);
    }

    public UnsupportedCapabilityException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
