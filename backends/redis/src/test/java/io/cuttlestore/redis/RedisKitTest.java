package io.cuttlestore.redis;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import redis.clients.jedis.Jedis;

@DisplayName("redis")
class RedisKitTest extends RedisKit {
    private static final AtomicInteger STORES = new AtomicInteger();

    @Override
    protected String freshStore() {
        return "redis://" + RedisServers.standalone().address() + "/" + STORES.incrementAndGet();
    }

    @Override
    Jedis adminOf(String connectionString, byte[] key) {
        return inDatabase(RedisServers.standalone(), connectionString);
    }
}
