package io.cuttlestore.redis;

import io.cuttlestore.spi.Payload;
import io.cuttlestore.spi.Stored;

/** A string of Redis and its deadline. The version, {@code LENGTH-SHA1}, is computed when it is asked for. */
record RedisEntry(Payload payload, long expiresAt) implements Stored {
    static RedisEntry of(byte[] bytes, long expiresAt) {
        return new RedisEntry(Payload.of(bytes), expiresAt);
    }

    @Override
    public String version() {
        byte[] bytes = payload.bytes();
        return bytes.length + "-" + Sha1.hex(bytes);
    }
}
