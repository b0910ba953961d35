package io.cuttlestore.codec.jackson;

import io.cuttlestore.Codec;
import io.cuttlestore.TypeRef;
import io.cuttlestore.codec.CodecProvider;

/**
 * The format {@code json}: one JSON document in UTF-8 a value, readable by people and other programs.
 *
 * <p>Properties that a type doesn't know are ignored, and those that are missing take the default of their type, so old
 * and new versions of a program read each other's values. What does not fit is refused, never guessed: text for a
 * number, a fraction for an integer, {@code null} for a primitive, an unknown enum constant, a second document behind the
 * first. The contents of a value never choose a class.
 */
public final class JsonCodecProvider implements CodecProvider {
    /** For {@link java.util.ServiceLoader}. */
    public JsonCodecProvider() {}

    @Override
    public String format() {
        return "json";
    }

    @Override
    public <V> Codec<V> codec(TypeRef<V> type) {
        return JacksonCodec.json(type);
    }
}
