package io.cuttlestore.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A real cluster of three primaries without replicas that own equal shares of the 16,384 slots. */
public final class RedisCluster implements AutoCloseable {

    /** How far above its own port a node's bus is. */
    static final int BUS_OFFSET = 10_000;

    private static final int SLOTS = 16_384;
    private static final int NODES = 3;

    private final List<RedisServer> nodes = new ArrayList<>();

    private RedisCluster() {}

    /** Starts the nodes, joins them and waits until each says that the cluster is complete. */
    public static RedisCluster start() {
        RedisCluster cluster = new RedisCluster();
        try {
            for (int i = 0; i < NODES; i++) {
                cluster.nodes.add(RedisServer.builder().cluster().start());
            }
            cluster.join();
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private void join() {
        join(nodes, nodes);
    }

    /** Makes servers nodes of one cluster, and gives equal shares of the slots to those that are to have some. */
    static void join(List<RedisServer> nodes, List<RedisServer> owners) {
        RedisServer first = nodes.get(0);
        for (int i = 0; i < nodes.size(); i++) {
            RedisServer node = nodes.get(i);
            int share = owners.indexOf(node);
            if (share >= 0) {
                node.command("CLUSTER", addSlots(SLOTS * share / owners.size(), SLOTS * (share + 1) / owners.size()));
            }
            node.command("CLUSTER", "SET-CONFIG-EPOCH", "" + (i + 1));
            if (i > 0) {
                first.command("CLUSTER", "MEET", RedisServer.HOST, "" + node.port());
            }
        }
        for (RedisServer node : nodes) {
            RedisServer.await("the cluster is complete", node.log(), () -> {
                try (Jedis admin = node.admin()) {
                    String info = admin.clusterInfo();
                    return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + nodes.size());
                }
            });
        }
    }

    /** One by one: there are no ranges before Redis 7. */
    private static String[] addSlots(int from, int to) {
        return Stream.concat(Stream.of("ADDSLOTS"), IntStream.range(from, to).mapToObj(String::valueOf))
                .toArray(String[]::new);
    }

    /** The primaries, in the order of their slots. */
    public List<RedisServer> nodes() {
        return List.copyOf(nodes);
    }

    /** Returns the node that holds a key, as long as no slots have been moved. */
    public RedisServer holding(byte[] key) {
        return nodes.get(JedisClusterCRC16.getSlot(key) * NODES / SLOTS);
    }

    /** Returns all addresses, separated by commas. */
    public String addresses() {
        return nodes.stream().map(RedisServer::address).collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        nodes.forEach(RedisServer::close);
    }
}
