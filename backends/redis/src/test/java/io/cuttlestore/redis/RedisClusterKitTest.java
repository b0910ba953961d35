package io.cuttlestore.redis;

import org.junit.jupiter.api.DisplayName;
import redis.clients.jedis.Jedis;

/** A cluster has one database, so that each fresh store is the same cluster, emptied. */
@DisplayName("redis+cluster")
class RedisClusterKitTest extends RedisKit {
    private final RedisCluster cluster = RedisServers.cluster();

    @Override
    protected String freshStore() {
        cluster.nodes().forEach(node -> node.command("FLUSHALL"));
        return "redis+cluster://" + cluster.addresses();
    }

    @Override
    Jedis adminOf(String connectionString, byte[] key) {
        return cluster.holding(key).admin();
    }
}
