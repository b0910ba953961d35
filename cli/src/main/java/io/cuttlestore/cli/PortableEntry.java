package io.cuttlestore.cli;

import io.cuttlestore.Entry;
import io.cuttlestore.PutOptions;
import java.time.Instant;
import java.util.Optional;

/** What of an entry can be carried to another store: all but its version. */
final class PortableEntry {
    private final String key;
    private final byte[] value;
    private final Optional<Instant> expiresAt;

    PortableEntry(String key, byte[] value, Optional<Instant> expiresAt) {
        this.key = key;
        this.value = value;
        this.expiresAt = expiresAt;
    }

    static PortableEntry of(Entry<byte[]> entry) {
        return new PortableEntry(entry.key(), entry.value(), entry.expiresAt());
    }

    String key() {
        return key;
    }

    byte[] value() {
        return value;
    }

    Optional<Instant> expiresAt() {
        return expiresAt;
    }

    /** What makes a put keep the deadline. */
    PutOptions options() {
        return expiresAt.map(PutOptions::expireAt).orElse(PutOptions.never());
    }
}
