package io.cuttlestore;

/**
 * Turns values into bytes and back. Implementations are thread-safe.
 *
 * @param <V> the values
 */
public interface Codec<V> {
    /** The bytes of the value; a fresh array. An exception becomes {@link UnencodableValueException}. */
    byte[] encode(V value);

    /** The value of the bytes, which are neither modified nor kept: other values are made of them. An exception becomes {@link UndecodableValueException}. */
    V decode(byte[] bytes);

    /**
     * Whether encoding loses nothing and the values are immutable all through, so that a store in this process may keep
     * and hand out the object itself. If in doubt, {@code false}.
     */
    boolean shareable();
}
