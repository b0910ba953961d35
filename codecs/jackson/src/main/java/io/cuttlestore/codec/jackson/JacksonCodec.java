package io.cuttlestore.codec.jackson;

import io.cuttlestore.Codec;
import io.cuttlestore.TypeRef;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;

/**
 * Encodes values with a Jackson mapper, one document a value. Thread-safe.
 *
 * <p>Most applications never name this class: values of types that core does not know go through it by themselves. It is
 * for those that bring a mapper of their own, with modules, mix-ins or another format.
 *
 * <p>Messages of what it throws say what went wrong and where, and repeat nothing of the value; so Jackson's own
 * exceptions, which do, are not among the causes.
 *
 * @param <V> the values
 */
public final class JacksonCodec<V> implements Codec<V> {
    private final ObjectMapper mapper;
    private final JavaType type;
    private final ObjectWriter writer;
    private final ObjectReader reader;
    private final boolean shareable;

    private JacksonCodec(ObjectMapper mapper, JavaType type, boolean shareable) {
        this.mapper = mapper;
        this.type = type;
        this.writer = mapper.writerFor(type);
        this.reader = mapper.readerFor(type).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        this.shareable = shareable;
        try {
            mapper.acceptJsonFormatVisitor(type, new JsonFormatVisitorWrapper.Base());
        } catch (JacksonException | IllegalArgumentException e) {
            throw new IllegalArgumentException(type.toCanonical() + " can't be written as " + format(), e);
        }
    }

    /**
     * The codec of a class with the application's own mapper, which decides the format and all rules but one: bytes
     * behind the first document are refused.
     *
     * @throws IllegalArgumentException if the mapper can't write the type
     */
    public static <V> JacksonCodec<V> of(ObjectMapper mapper, Class<V> type) {
        return of(mapper, TypeRef.of(type));
    }

    /** As {@link #of(ObjectMapper, Class)}, for a type with parameters. */
    public static <V> JacksonCodec<V> of(ObjectMapper mapper, TypeRef<V> type) {
        return new JacksonCodec<>(mapper, mapper.constructType(type.type()), false);
    }

    static <V> JacksonCodec<V> json(TypeRef<V> type) {
        JavaType resolved = Mappers.JSON.constructType(type.type());
        return new JacksonCodec<>(Mappers.JSON, resolved, ShareableTypes.contain(resolved));
    }

    static <V> JacksonCodec<V> cbor(TypeRef<V> type) {
        return new JacksonCodec<>(Mappers.CBOR, Mappers.CBOR.constructType(type.type()), false);
    }

    @Override
    public byte[] encode(V value) {
        Objects.requireNonNull(value);
        try {
            return writer.writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw Failure.of(e, "the value can't be written as " + format());
        }
    }

    @Override
    public V decode(byte[] bytes) {
        V value;
        try {
            value = reader.readValue(bytes);
        } catch (JacksonException e) {
            throw Failure.of(e, "the bytes can't be read by " + this);
        }
        if (value == null) {
            throw new IllegalArgumentException("the " + format() + " is null, which is no value");
        }
        return value;
    }

    @Override
    public boolean shareable() {
        return shareable;
    }

    private String format() {
        return mapper.tokenStreamFactory().getFormatName();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JacksonCodec<?> that && mapper == that.mapper && type.equals(that.type);
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    /** {@code the JSON codec of com.example.Mission}. */
    @Override
    public String toString() {
        return "the " + format() + " codec of " + type.toCanonical();
    }
}
