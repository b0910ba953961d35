package io.cuttlestore.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * Which servers hold which keys, as seen at one moment. Immutable.
 *
 * @param primaries all primaries, ordered by their addresses
 * @param slots the primary of each hash slot of a cluster, {@code null} where nobody serves it; without a cluster empty
 */
record Layout(List<HostAndPort> primaries, List<@Nullable HostAndPort> slots) {
    /** The number of hash slots (https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/). */
    static final int SLOTS = 16_384;

    /** The layout of a single primary that holds all keys. */
    static Layout of(HostAndPort primary) {
        return new Layout(List.of(primary), List.of());
    }

    boolean isCluster() {
        return !slots.isEmpty();
    }

    /** The primary that holds a key, or {@code null} if there is none at the moment. */
    @Nullable
    HostAndPort primaryOf(byte[] key) {
        return isCluster() ? slots.get(JedisClusterCRC16.getSlot(key)) : primaries.get(0);
    }
}
