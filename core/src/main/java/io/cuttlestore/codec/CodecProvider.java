package io.cuttlestore.codec;

import io.cuttlestore.Codec;
import io.cuttlestore.TypeRef;

/**
 * A format for values of arbitrary types, found by {@link java.util.ServiceLoader}; has a public constructor without
 * arguments; thread-safe.
 */
public interface CodecProvider {
    /** The name of the format, as the connection string's {@code codec} option gives it: {@code json}. */
    String format();

    /**
     * The codec of a type.
     *
     * @throws IllegalArgumentException if the format can't express the type
     */
    <V> Codec<V> codec(TypeRef<V> type);
}
