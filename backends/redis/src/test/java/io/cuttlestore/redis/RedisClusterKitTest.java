package io.cuttlestore.redis;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import redis.clients.jedis.Jedis;

/** A cluster has one database. So there are several, taken in turn and emptied, as a test may use more stores than one. */
@DisplayName("redis+cluster")
class RedisClusterKitTest extends RedisKit {
    private static final List<RedisCluster> CLUSTERS = new ArrayList<>();
    private static int stores;

    @BeforeAll
    static void start() {
        for (int i = 0; i < 3; i++) {
            CLUSTERS.add(RedisCluster.start());
        }
    }

    @AfterAll
    static void stop() {
        CLUSTERS.forEach(RedisCluster::close);
        CLUSTERS.clear();
    }

    @Override
    protected String freshStore() {
        RedisCluster cluster = CLUSTERS.get(stores++ % CLUSTERS.size());
        cluster.nodes().forEach(node -> node.command("FLUSHALL"));
        return url(cluster);
    }

    @Override
    Jedis adminOf(String connectionString, byte[] key) {
        return CLUSTERS.stream()
                .filter(cluster -> connectionString.startsWith(url(cluster)))
                .findFirst()
                .orElseThrow()
                .holding(key)
                .admin();
    }

    private static String url(RedisCluster cluster) {
        return "redis+cluster://" + cluster.addresses();
    }
}
