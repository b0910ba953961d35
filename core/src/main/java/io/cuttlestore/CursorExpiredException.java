package io.cuttlestore;

import org.jspecify.annotations.Nullable;

/**
 * The server has forgotten the position that a {@link Cursor} stands for. Begin the scan again.
 */
public final class CursorExpiredException extends CuttlestoreException {
    private static final long serialVersionUID = 1L;

    public CursorExpiredException(String message) {
        super(message, null, false);
    }

    public CursorExpiredException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
