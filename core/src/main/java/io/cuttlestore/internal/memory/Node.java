package io.cuttlestore.internal.memory;

import io.cuttlestore.spi.Payload;
import io.cuttlestore.spi.Stored;

/** An entry as it is kept. Immutable: every write puts a new one. */
final class Node implements Stored {
    private final Payload payload;
    private final long version;
    private final long expiresAt;
    private final long filedUnder;

    /**
     * A node.
     *
     * @param filedUnder the bucket of the {@link DeadlineIndex} that refers to it, or {@link DeadlineIndex#NOWHERE}
     */
    Node(Payload payload, long version, long expiresAt, long filedUnder) {
        this.payload = payload;
        this.version = version;
        this.expiresAt = expiresAt;
        this.filedUnder = filedUnder;
    }

    Node filedUnder(long bucket) {
        return new Node(payload, version, expiresAt, bucket);
    }

    @Override
    public Payload payload() {
        return payload;
    }

    long versionNumber() {
        return version;
    }

    @Override
    public String version() {
        return Long.toHexString(version);
    }

    @Override
    public long expiresAt() {
        return expiresAt;
    }

    boolean isLiveAt(long now) {
        return now < expiresAt;
    }

    long filedUnder() {
        return filedUnder;
    }
}
