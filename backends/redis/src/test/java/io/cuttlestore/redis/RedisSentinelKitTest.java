package io.cuttlestore.redis;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import redis.clients.jedis.Jedis;

@DisplayName("redis+sentinel")
class RedisSentinelKitTest extends RedisKit {
    private static final AtomicInteger STORES = new AtomicInteger();

    @Override
    protected String freshStore() {
        return "redis+sentinel://" + RedisServers.sentinel().sentinel().address() + "/" + RedisSentinel.MASTER + "/"
                + STORES.incrementAndGet();
    }

    @Override
    Jedis adminOf(String connectionString, byte[] key) {
        return inDatabase(RedisServers.sentinel().primary(), connectionString);
    }
}
