package io.cuttlestore.redis;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import redis.clients.jedis.Jedis;

@DisplayName("rediss")
class RedisTlsKitTest extends RedisKit {
    private static final AtomicInteger STORES = new AtomicInteger();

    @Override
    protected String freshStore() {
        return "rediss://" + RedisServers.tls().address() + "/" + STORES.incrementAndGet() + "?ca="
                + RedisServers.certificates().ca().certificate();
    }

    @Override
    Jedis adminOf(String connectionString, byte[] key) {
        return inDatabase(RedisServers.tls(), connectionString);
    }
}
