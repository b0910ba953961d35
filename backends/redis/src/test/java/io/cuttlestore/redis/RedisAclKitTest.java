package io.cuttlestore.redis;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import redis.clients.jedis.Jedis;

@DisplayName("redis, ACL user")
class RedisAclKitTest extends RedisKit {
    private static final AtomicInteger STORES = new AtomicInteger();

    @Override
    protected String freshStore() {
        return "redis://" + RedisServers.acl().address() + "/" + STORES.incrementAndGet() + "?username="
                + RedisServers.USER + "&password=" + RedisServers.ENCODED_PASSWORD;
    }

    @Override
    Jedis adminOf(String connectionString, byte[] key) {
        return inDatabase(RedisServers.acl(), connectionString);
    }
}
