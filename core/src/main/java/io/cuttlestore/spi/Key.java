package io.cuttlestore.spi;

import java.nio.charset.StandardCharsets;

/**
 * The name of an entry in a namespace, already validated. Keys are equal when their stored forms are, whatever view
 * they came from. Immutable.
 */
public final class Key {
    private final Namespace namespace;
    private final String name;
    private final String stored;

    Key(Namespace namespace, String name) {
        this.namespace = namespace;
        this.name = name;
        this.stored = namespace.isRoot() ? name : namespace.prefix().concat(name);
    }

    public Namespace namespace() {
        return namespace;
    }

    /** The key as the user wrote it. */
    public String name() {
        return name;
    }

    /** The stored key: escaped namespace, {@code :}, name; 1 to 1,024 bytes of UTF-8, no unpaired surrogates. */
    public String stored() {
        return stored;
    }

    /** The stored key in UTF-8; a fresh array. */
    public byte[] utf8() {
        return stored.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key that && stored.equals(that.stored);
    }

    @Override
    public int hashCode() {
        return stored.hashCode();
    }

    @Override
    public String toString() {
        return stored;
    }
}
