package io.cuttlestore.codec;

import io.cuttlestore.Codec;
import java.util.function.Function;

/** Immutable values that have a lossless text form. */
final class TextCodec<V> implements Codec<V> {
    private final String type;
    private final Function<V, String> printer;
    private final Function<String, V> parser;

    TextCodec(String type, Function<V, String> printer, Function<String, V> parser) {
        this.type = type;
        this.printer = printer;
        this.parser = parser;
    }

    @Override
    public byte[] encode(V value) {
        return Codecs.string().encode(printer.apply(value));
    }

    @Override
    public V decode(byte[] bytes) {
        String text = Codecs.string().decode(bytes);
        try {
            return parser.apply(text);
        } catch (RuntimeException showsTheText) {
            throw new IllegalArgumentException("this is not the text form of " + type);
        }
    }

    @Override
    public boolean shareable() {
        return true;
    }

    @Override
    public String toString() {
        return "the codec of " + type;
    }
}
