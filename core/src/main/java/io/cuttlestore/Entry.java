package io.cuttlestore;

import io.cuttlestore.spi.Stored;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Key, value, version and expiry of an entry as seen at one moment. Thread-safe.
 *
 * @param <V> the values
 */
public final class Entry<V> {
    private final String key;
    private final Stored stored;
    private final Codec<V> codec;
    private final String store;
    private volatile @Nullable V value;

    /** For the core: the entry with this key, as stored in the store with this id. */
    public Entry(String key, Stored stored, Codec<V> codec, String store) {
        this.key = key;
        this.stored = stored;
        this.codec = codec;
        this.store = store;
    }

    /** The key within the view that read it. */
    public String key() {
        return key;
    }

    /**
     * The value, decoded on first use.
     *
     * @throws UndecodableValueException if the stored bytes do not decode into {@code V}
     */
    public V value() {
        V decoded = value;
        if (decoded == null) {
            decoded = stored.payload().decode(codec, key);
            value = decoded;
        }
        return decoded;
    }

    /** The stored bytes; a fresh array. */
    public byte[] bytes() {
        return stored.payload().bytes().clone();
    }

    /** The token of the value, for conditional writes. */
    public Version version() {
        return Version.of(store, stored.version());
    }

    /** When the entry expires, by the clock that decides for the store; absent if never. */
    public Optional<Instant> expiresAt() {
        long millis = stored.expiresAt();
        return millis == Stored.NEVER ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    @Override
    public String toString() {
        return "Entry[" + key + ", " + version()
                + expiresAt().map(at -> ", expires " + at).orElse("") + "]";
    }
}
