package io.cuttlestore;

/**
 * A key or namespace that no backend accepts: empty, longer than 1,024 bytes once stored, or holding an unpaired
 * surrogate. The rules are the same everywhere, so this is misuse and not a failure of a store.
 */
public final class IllegalKeyException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public IllegalKeyException(String message) {
        super(message);
    }
}
