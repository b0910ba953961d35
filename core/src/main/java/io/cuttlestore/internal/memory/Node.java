package io.cuttlestore.internal.memory;

import io.cuttlestore.spi.Payload;
import io.cuttlestore.spi.Stored;

/** An entry as it is kept. Immutable: every write puts a new one. */
class Node extends Payload implements Stored {
    private final long version;

    /** A node that never expires and that no {@link DeadlineIndex} refers to. */
    Node(Payload payload, long version) {
        super(payload);
        this.version = version;
    }

    /**
     * A node.
     *
     * @param filedUnder the bucket of the {@link DeadlineIndex} that refers to it, or {@link DeadlineIndex#NOWHERE}
     */
    static Node of(Payload payload, long version, long expiresAt, long filedUnder) {
        return expiresAt == NEVER && filedUnder == DeadlineIndex.NOWHERE
                ? new Node(payload, version)
                : new Filed(payload, version, expiresAt, filedUnder);
    }

    final Node filedUnder(long bucket) {
        return of(this, version, expiresAt(), bucket);
    }

    @Override
    public final Payload payload() {
        return this;
    }

    final long versionNumber() {
        return version;
    }

    @Override
    public final String version() {
        return Long.toHexString(version);
    }

    @Override
    public long expiresAt() {
        return NEVER;
    }

    final boolean isLiveAt(long now) {
        return now < expiresAt();
    }

    long filedUnder() {
        return DeadlineIndex.NOWHERE;
    }

    /** A node that expires, or did until it was told otherwise. */
    private static final class Filed extends Node {
        private final long expiresAt;
        private final long filedUnder;

        Filed(Payload payload, long version, long expiresAt, long filedUnder) {
            super(payload, version);
            this.expiresAt = expiresAt;
            this.filedUnder = filedUnder;
        }

        @Override
        public long expiresAt() {
            return expiresAt;
        }

        @Override
        long filedUnder() {
            return filedUnder;
        }
    }
}
