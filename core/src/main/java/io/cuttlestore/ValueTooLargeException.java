package io.cuttlestore;

import org.jspecify.annotations.Nullable;

/**
 * The encoded value is larger than {@link Limits#maxValueBytes()}. Nothing was written.
 */
public final class ValueTooLargeException extends CuttlestoreException {
    private static final long serialVersionUID = 1L;

    public ValueTooLargeException(String message) {
        super(message, null, false);
    }

    public ValueTooLargeException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
