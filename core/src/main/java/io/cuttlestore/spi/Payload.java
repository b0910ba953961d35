package io.cuttlestore.spi;

import io.cuttlestore.Codec;
import io.cuttlestore.UndecodableValueException;
import io.cuttlestore.UnencodableValueException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value on its way: its bytes, or, for a store in this process, an immutable object that can be encoded when someone
 * needs bytes. Thread-safe.
 */
public final class Payload {
    private final @Nullable Object value;
    private final @Nullable Codec<?> codec;
    private volatile byte @Nullable [] bytes;

    private Payload(@Nullable Object value, @Nullable Codec<?> codec, byte @Nullable [] bytes) {
        this.value = value;
        this.codec = codec;
        this.bytes = bytes;
    }

    /** The payload of these bytes, which belong to it from now on and must not be modified. */
    public static Payload of(byte[] bytes) {
        return new Payload(null, null, Objects.requireNonNull(bytes));
    }

    /** The payload of an object kept as it is. The codec must be {@linkplain Codec#shareable() shareable}. */
    public static <V> Payload ofObject(V value, Codec<V> codec) {
        return new Payload(Objects.requireNonNull(value), codec, null);
    }

    /**
     * The payload of the encoded value.
     *
     * @throws UnencodableValueException if the codec throws
     */
    public static <V> Payload encode(V value, Codec<V> codec, String key) {
        try {
            return of(codec.encode(value));
        } catch (RuntimeException e) {
            throw new UnencodableValueException(
                    "the value for key '" + key + "', of " + value.getClass() + ", can't be encoded", e);
        }
    }

    /** The encoded value. Shared: must not be modified. */
    @SuppressWarnings("unchecked")
    public byte[] bytes() {
        byte[] encoded = bytes;
        if (encoded == null) {
            encoded = ((Codec<Object>) Objects.requireNonNull(codec)).encode(Objects.requireNonNull(value));
            bytes = encoded;
        }
        return encoded;
    }

    /** The length of {@link #bytes()}, or 0 while nobody has needed them. */
    public int encodedLength() {
        byte[] encoded = bytes;
        return encoded == null ? 0 : encoded.length;
    }

    /**
     * The value, as the codec decodes it.
     *
     * @param key for the message
     * @throws UndecodableValueException if the codec throws, or that of the object when its bytes are needed
     */
    @SuppressWarnings("unchecked")
    public <V> V decode(Codec<V> wanted, String key) {
        if (value != null && wanted.equals(codec)) {
            return (V) value;
        }
        try {
            return Objects.requireNonNull(wanted.decode(bytes()), "the codec returned null");
        } catch (RuntimeException e) {
            throw new UndecodableValueException(
                    "the value of key '" + key + "', " + encodedLength() + " bytes, can't be decoded by " + wanted
                            + "; it is left as it is",
                    e);
        }
    }
}
