package io.cuttlestore.spi;

import io.cuttlestore.IllegalKeyException;
import io.cuttlestore.Limits;
import java.util.Objects;

/**
 * A set of keys: those whose stored form begins with the escaped name and {@code :}. In the name, {@code %} and
 * {@code :} stand as {@code %25} and {@code %3A}, so no two namespaces and keys have one stored form. Immutable.
 */
public final class Namespace {
    /** The whole store: keys are stored keys. */
    public static final Namespace ROOT = new Namespace("");

    private static final int[] POWERS_OF_31 = powersOf31();

    private final String prefix;
    private final int prefixBytes;

    private Namespace(String prefix) {
        this.prefix = prefix;
        this.prefixBytes = utf8Length("namespace", prefix);
        if (prefixBytes >= Limits.MAX_KEY_BYTES) {
            throw new IllegalKeyException("the namespace is too long: it takes " + prefixBytes
                    + " bytes and leaves none of " + Limits.MAX_KEY_BYTES + " for keys");
        }
    }

    /**
     * The namespace of this name within this one.
     *
     * @throws IllegalKeyException if the name is empty, too long or holds an unpaired surrogate
     */
    public Namespace child(String name) {
        if (name.isEmpty()) {
            throw new IllegalKeyException("a namespace must not be empty; leave it out to see the whole store");
        }
        return new Namespace(prefix + name.replace("%", "%25").replace(":", "%3A") + ":");
    }

    public boolean isRoot() {
        return prefix.isEmpty();
    }

    /** What the stored keys of this namespace begin with; empty at the root. */
    public String prefix() {
        return prefix;
    }

    /**
     * The key of this name in this namespace.
     *
     * @throws IllegalKeyException if the name is empty, too long once stored, or holds an unpaired surrogate
     */
    public Key key(String name) {
        if (Objects.requireNonNull(name, "a key must not be null").isEmpty()) {
            throw new IllegalKeyException("a key must not be empty");
        }
        int bytes = prefixBytes + utf8Length("key", name);
        if (bytes > Limits.MAX_KEY_BYTES) {
            throw new IllegalKeyException("the key is too long: with its namespace it takes " + bytes
                    + " bytes of UTF-8, and " + Limits.MAX_KEY_BYTES + " are allowed");
        }
        return new Key(this, name);
    }

    /**
     * The stored form of a prefix of keys.
     *
     * @throws IllegalKeyException if it holds an unpaired surrogate
     */
    public String prefix(String keyPrefix) {
        utf8Length("prefix", keyPrefix);
        return prefix + keyPrefix;
    }

    /** The hash code that prefix and name have as one string, by {@link String#hashCode()}'s formula. */
    int hashOfStored(String name) {
        return isRoot() ? name.hashCode() : prefix.hashCode() * POWERS_OF_31[name.length()] + name.hashCode();
    }

    /** The name, within this namespace, of a stored key that begins with its prefix. */
    public String nameOf(String storedKey) {
        return storedKey.substring(prefix.length());
    }

    private static int[] powersOf31() {
        int[] powers = new int[Limits.MAX_KEY_BYTES + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = 31 * powers[i - 1];
        }
        return powers;
    }

    private static int utf8Length(String what, String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) >= 0x80) {
                return i + utf8LengthFrom(i, what, text);
            }
        }
        return length;
    }

    private static int utf8LengthFrom(int start, String what, String text) {
        int bytes = text.length() - start;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                continue;
            }
            if (!Character.isSurrogate(c)) {
                bytes += c < 0x800 ? 1 : 2;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 2;
                i++;
            } else {
                throw new IllegalKeyException(
                        "the " + what + " holds an unpaired surrogate at index " + i + ", which has no UTF-8 form");
            }
        }
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Namespace that && prefix.equals(that.prefix));
    }

    @Override
    public int hashCode() {
        return prefix.hashCode();
    }

    @Override
    public String toString() {
        return isRoot() ? "the root view" : prefix.substring(0, prefix.length() - 1);
    }
}
