package io.cuttlestore;

import org.jspecify.annotations.Nullable;

/**
 * What the world does to a store: every failure that is not a programming error is a subclass of this.
 *
 * <p>Misuse is reported by the JDK's own {@link IllegalArgumentException}, {@link IllegalStateException} and
 * {@link NullPointerException}. Exceptions of drivers appear only as causes. No message, here or in a cause, holds a
 * password or a stored value.
 */
public abstract class CuttlestoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean isTransient;

    protected CuttlestoreException(String message, @Nullable Throwable cause, boolean isTransient) {
        super(message, cause);
        this.isTransient = isTransient;
    }

    /** Whether the same call may succeed if it is made again a little later, without anyone repairing anything. */
    public final boolean isTransient() {
        return isTransient;
    }
}
