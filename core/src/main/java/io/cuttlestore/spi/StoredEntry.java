package io.cuttlestore.spi;

record StoredEntry(Payload payload, String version, long expiresAt) implements Stored {
    static final Stored PRESENT = Stored.ofPayload(Payload.of(new byte[0]));
}
