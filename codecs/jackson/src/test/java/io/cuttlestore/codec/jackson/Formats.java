package io.cuttlestore.codec.jackson;

import io.cuttlestore.Codec;
import io.cuttlestore.TypeRef;
import io.cuttlestore.codec.CodecProvider;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The formats as an application finds them. */
final class Formats {
    private Formats() {}

    static Stream<CodecProvider> all() {
        return ServiceLoader.load(CodecProvider.class).stream().map(ServiceLoader.Provider::get);
    }

    static CodecProvider named(String format) {
        return all().filter(provider -> provider.format().equals(format))
                .findFirst()
                .orElseThrow();
    }

    static <V> Codec<V> json(Class<V> type) {
        return named("json").codec(TypeRef.of(type));
    }

    static <V> Codec<V> cbor(Class<V> type) {
        return named("cbor").codec(TypeRef.of(type));
    }
}
