package io.cuttlestore.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A real cluster of three primaries without replicas that own equal shares of the 16,384 slots. */
public final class RedisCluster implements AutoCloseable {

    private static final int SLOTS = 16_384;
    private static final int NODES = 3;

    private final List<RedisServer> nodes = new ArrayList<>();

    private RedisCluster() {}

    /** Starts the nodes, joins them and waits until each says that the cluster is complete. */
    public static RedisCluster start() {
        RedisCluster cluster = new RedisCluster();
        try {
            List<Integer> buses = new ArrayList<>();
            for (int i = 0; i < NODES; i++) {
                int bus = RedisServer.freePort();
                buses.add(bus);
                cluster.nodes.add(RedisServer.builder()
                        .arguments("--cluster-enabled", "yes", "--cluster-port", "" + bus)
                        .arguments("--cluster-node-timeout", "2000", "--cluster-config-file", "nodes.conf")
                        .start());
            }
            cluster.join(buses);
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private void join(List<Integer> buses) {
        RedisServer first = nodes.get(0);
        for (int i = 0; i < NODES; i++) {
            RedisServer node = nodes.get(i);
            int from = SLOTS * i / NODES;
            int to = SLOTS * (i + 1) / NODES - 1;
            node.command("CLUSTER", "ADDSLOTSRANGE", "" + from, "" + to);
            node.command("CLUSTER", "SET-CONFIG-EPOCH", "" + (i + 1));
            if (i > 0) {
                first.command("CLUSTER", "MEET", RedisServer.HOST, "" + node.port(), "" + buses.get(i));
            }
        }
        for (RedisServer node : nodes) {
            RedisServer.await("the cluster is complete", node.log(), () -> {
                try (Jedis admin = node.admin()) {
                    String info = admin.clusterInfo();
                    return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + NODES);
                }
            });
        }
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
