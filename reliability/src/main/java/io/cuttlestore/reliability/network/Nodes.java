package io.cuttlestore.reliability.network;

import io.cuttlestore.redis.RedisServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.JedisClusterCRC16;

/** The servers of a cluster as its administrator sees them. */
final class Nodes {
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final String MIGRATE_MILLIS = "5000";

    private final List<RedisServer> servers;

    Nodes(List<RedisServer> servers) {
        this.servers = servers;
    }

    static int slot(String key) {
        return JedisClusterCRC16.getSlot(key);
    }

    /** The primary that owns a slot, as another server sees it. */
    RedisServer owner(int slot) {
        for (Object range : (List<?>) servers.get(0).command("CLUSTER", "SLOTS")) {
            List<?> parts = (List<?>) range;
            if ((Long) parts.get(0) <= slot && slot <= (Long) parts.get(1)) {
                long port = (Long) ((List<?>) parts.get(2)).get(1);
                return servers.stream()
                        .filter(server -> server.port() == port)
                        .findFirst()
                        .orElseThrow();
            }
        }
        throw new AssertionError("nobody owns slot " + slot);
    }

    /** The slots that a primary owns. */
    Set<Integer> slots(RedisServer primary) {
        Set<Integer> slots = new HashSet<>();
        for (Object range : (List<?>) primary.command("CLUSTER", "SLOTS")) {
            List<?> parts = (List<?>) range;
            if (((List<?>) parts.get(2)).get(1).equals((long) primary.port())) {
                for (long slot = (Long) parts.get(0); slot <= (Long) parts.get(1); slot++) {
                    slots.add((int) slot);
                }
            }
        }
        return slots;
    }

    List<RedisServer> primaries() {
        return servers.stream().filter(Nodes::isPrimary).toList();
    }

    private static boolean isPrimary(RedisServer server) {
        return info(server, "replication").contains("role:master");
    }

    /** Waits until all are in good order: each slot has a primary, and each replica gets all that is written to that. */
    void awaitReady() {
        long begin = System.nanoTime();
        while (!servers.stream().allMatch(this::isReady)) {
            if (System.nanoTime() - begin > READY_WITHIN.toNanos()) {
                throw new AssertionError("the cluster is not in good order after " + READY_WITHIN);
            }
            Pause.millis(20);
        }
        primaries().forEach(RedisServer::flushWithReplica);
    }

    private boolean isReady(RedisServer server) {
        try {
            String replication = info(server, "replication");
            boolean inSync = replication.contains("role:master")
                    ? replication.contains("connected_slaves:1")
                    : replication.contains("master_link_status:up");
            String state = text(server.command("CLUSTER", "INFO"));
            String nodes = text(server.command("CLUSTER", "NODES"));
            return inSync && state.contains("cluster_state:ok") && !nodes.contains("fail");
        } catch (JedisException notYet) {
            return false;
        }
    }

    /** Moves a slot as an administrator does by hand, key by key, waiting before each step. */
    void move(int slot, RedisServer from, RedisServer to, Runnable wait) {
        String number = Integer.toString(slot);
        to.command("CLUSTER", "SETSLOT", number, "IMPORTING", id(from));
        wait.run();
        from.command("CLUSTER", "SETSLOT", number, "MIGRATING", id(to));
        wait.run();
        List<?> keys = keys(from, number);
        while (!keys.isEmpty()) {
            from.command("MIGRATE", RedisServer.HOST, "" + to.port(), text(keys.get(0)), "0", MIGRATE_MILLIS);
            wait.run();
            keys = keys(from, number);
        }
        to.command("CLUSTER", "SETSLOT", number, "NODE", id(to));
        wait.run();
        from.command("CLUSTER", "SETSLOT", number, "NODE", id(to));
        wait.run();
        for (RedisServer other : servers) {
            other.command("CLUSTER", "SETSLOT", number, "NODE", id(to));
        }
    }

    private static List<?> keys(RedisServer server, String slot) {
        return (List<?>) server.command("CLUSTER", "GETKEYSINSLOT", slot, "1");
    }

    /** How many replies with this error all servers have given. */
    long errors(String code) {
        Pattern line = Pattern.compile("errorstat_" + code + ":count=(\\d+)");
        long sum = 0;
        for (RedisServer server : servers) {
            Matcher found = line.matcher(info(server, "errorstats"));
            sum += found.find() ? Long.parseLong(found.group(1)) : 0;
        }
        return sum;
    }

    private static String id(RedisServer server) {
        return text(server.command("CLUSTER", "MYID"));
    }

    private static String info(RedisServer server, String section) {
        return text(server.command("INFO", section));
    }

    private static String text(Object bulk) {
        return new String((byte[]) bulk, StandardCharsets.UTF_8);
    }
}
