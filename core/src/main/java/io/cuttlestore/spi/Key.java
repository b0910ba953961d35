package io.cuttlestore.spi;

import java.nio.charset.StandardCharsets;

/**
 * The name of an entry in a namespace, already validated. Keys are equal when their stored forms are, whatever view
 * they came from; they are ordered as those are. Immutable.
 */
public final class Key implements Comparable<Key> {
    private final Namespace namespace;
    private final String name;
    private final int hash;

    Key(Namespace namespace, String name) {
        this.namespace = namespace;
        this.name = name;
        this.hash = namespace.hashOfStored(name);
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
        return namespace.isRoot() ? name : namespace.prefix().concat(name);
    }

    /** The stored key in UTF-8; a fresh array. */
    public byte[] utf8() {
        return stored().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key that
                && (namespace.equals(that.namespace)
                        ? name.equals(that.name)
                        : hash == that.hash && stored().equals(that.stored()));
    }

    /** The hash code of the stored key. */
    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public int compareTo(Key that) {
        return namespace.equals(that.namespace) ? name.compareTo(that.name) : stored().compareTo(that.stored());
    }

    @Override
    public String toString() {
        return stored();
    }
}
