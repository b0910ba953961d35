package io.cuttlestore.spi;

import io.cuttlestore.Codec;
import io.cuttlestore.UndecodableValueException;
import io.cuttlestore.UnencodableValueException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A value on its way: its bytes, or, for a store in this process, an immutable object that can be encoded when someone
 * needs bytes. A backend in this process may extend it, so that what it keeps is the payload. Immutable.
 */
public class Payload {
    private final Object content;
    private final @Nullable Codec<?> codec;

    /**
     * A payload.
     *
     * @param codec that of the object {@code content}, or {@code null} where it is the bytes
     */
    private Payload(Object content, @Nullable Codec<?> codec) {
        this.content = Objects.requireNonNull(content);
        this.codec = codec;
    }

    /** A payload of the same value. */
    protected Payload(Payload other) {
        this(other.content, other.codec);
    }

    /** The payload of these bytes, which belong to it from now on and must not be modified. */
    public static Payload of(byte[] bytes) {
        return new Payload(bytes, null);
    }

    /** The payload of an object kept as it is. The codec must be {@linkplain Codec#shareable() shareable}. */
    public static <V> Payload ofObject(V value, Codec<V> codec) {
        return new Payload(value, Objects.requireNonNull(codec));
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

    /** The encoded value. Possibly shared: must not be modified. */
    @SuppressWarnings("unchecked")
    public final byte[] bytes() {
        return codec == null ? (byte[]) content : ((Codec<Object>) codec).encode(content);
    }

    /** The length of {@link #bytes()}, or 0 where they would have to be made first. */
    public final int encodedLength() {
        return codec == null ? ((byte[]) content).length : 0;
    }

    /**
     * The value, as the codec decodes it.
     *
     * @param key for the message
     * @throws UndecodableValueException if the codec throws, or that of the object when its bytes are needed
     */
    @SuppressWarnings("unchecked")
    public final <V> V decode(Codec<V> wanted, String key) {
        if (codec != null && (wanted == codec || wanted.equals(codec))) {
            return (V) content;
        }
        return decodeBytes(wanted, key);
    }

    private <V> V decodeBytes(Codec<V> wanted, String key) {
        int length = 0;
        try {
            byte[] bytes = bytes();
            length = bytes.length;
            return Objects.requireNonNull(wanted.decode(bytes), "the codec returned null");
        } catch (RuntimeException e) {
            throw new UndecodableValueException(
                    "the value of key '" + key + "', " + length + " bytes, can't be decoded by " + wanted
                            + "; it is left as it is",
                    e);
        }
    }
}
