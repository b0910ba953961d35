package io.cuttlestore;

import org.jspecify.annotations.Nullable;

/**
 * What is stored under the key is not an entry that can be read: torn, failing its checksum, or of a type that
 * another program put there. It is left in place; only a {@code put} or {@code delete} that names the key acts on it.
 */
public final class CorruptEntryException extends CuttlestoreException {
    private static final long serialVersionUID = 1L;

    public CorruptEntryException(String message) {
        super(message, null, false);
    }

    public CorruptEntryException(String message, @Nullable Throwable cause) {
        super(message, cause, false);
    }
}
