package io.cuttlestore.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.util.JedisClusterCRC16;

/** A real cluster of three primaries that own equal shares of the 16,384 slots, without replicas or with one each. */
public final class RedisCluster implements AutoCloseable {

    /** How far above its own port a node's bus is. */
    static final int BUS_OFFSET = 10_000;

    private static final int SLOTS = 16_384;
    private static final int NODES = 3;

    private final List<RedisServer> nodes = new ArrayList<>();
    private final List<RedisServer> replicas = new ArrayList<>();

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

    /** As {@link #start()}, and each primary has a replica that takes its place about two seconds after its end. */
    public static RedisCluster startWithReplicas() {
        RedisCluster cluster = new RedisCluster();
        try {
            for (int i = 0; i < NODES; i++) {
                cluster.nodes.add(quickToFailOver());
            }
            cluster.join();
            for (RedisServer primary : cluster.nodes) {
                cluster.replicas.add(replica(primary));
            }
            awaitAll(
                    cluster.servers(),
                    "all nodes are known",
                    "known_nodes:" + cluster.servers().size());
            return cluster;
        } catch (RuntimeException | Error e) {
            cluster.close();
            throw e;
        }
    }

    private static RedisServer quickToFailOver() {
        return RedisServer.builder()
                .cluster()
                .arguments("--cluster-node-timeout", "1000", "--repl-diskless-sync-delay", "0")
                .arguments("--cluster-replica-validity-factor", "0")
                .start();
    }

    private static RedisServer replica(RedisServer primary) {
        RedisServer replica = quickToFailOver();
        replica.command("CLUSTER", "MEET", RedisServer.HOST, "" + primary.port());
        String id = new String((byte[]) primary.command("CLUSTER", "MYID"), StandardCharsets.US_ASCII);
        RedisServer.await("the replica knows its primary", replica.log(), () -> {
            try (Jedis admin = replica.admin()) {
                return admin.clusterNodes().contains(id);
            }
        });
        replica.command("CLUSTER", "REPLICATE", id);
        RedisServer.await("the replica has all that its primary has", replica.log(), () -> {
            try (Jedis admin = replica.admin()) {
                return admin.info("replication").contains("master_link_status:up");
            }
        });
        return replica;
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
        awaitAll(nodes, "the cluster is complete", "known_nodes:" + nodes.size());
    }

    private static void awaitAll(List<RedisServer> servers, String what, String line) {
        for (RedisServer server : servers) {
            RedisServer.await(what, server.log(), () -> {
                try (Jedis admin = server.admin()) {
                    String info = admin.clusterInfo();
                    return info.contains("cluster_state:ok") && info.contains("cluster_" + line);
                }
            });
        }
    }

    /** One by one: there are no ranges before Redis 7. */
    private static String[] addSlots(int from, int to) {
        return Stream.concat(Stream.of("ADDSLOTS"), IntStream.range(from, to).mapToObj(String::valueOf))
                .toArray(String[]::new);
    }

    /** All nodes, replicas too. */
    public List<RedisServer> servers() {
        return Stream.concat(nodes.stream(), replicas.stream()).toList();
    }

    /** The nodes that were primaries at the start, in the order of their slots. */
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
        servers().forEach(RedisServer::close);
    }
}
