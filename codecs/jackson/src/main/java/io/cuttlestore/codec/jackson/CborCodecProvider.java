package io.cuttlestore.codec.jackson;

import io.cuttlestore.Codec;
import io.cuttlestore.TypeRef;
import io.cuttlestore.codec.CodecProvider;

/**
 * The format {@code cbor}: one CBOR data item (RFC 8949) a value, by the rules of {@link JsonCodecProvider}. Smaller than
 * JSON where values hold numbers or bytes. CBOR text is UTF-8, so strings with unpaired surrogates can't be encoded.
 */
public final class CborCodecProvider implements CodecProvider {
    /** For {@link java.util.ServiceLoader}. */
    public CborCodecProvider() {}

    @Override
    public String format() {
        return "cbor";
    }

    @Override
    public <V> Codec<V> codec(TypeRef<V> type) {
        return JacksonCodec.cbor(type);
    }
}
