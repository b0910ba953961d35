package io.cuttlestore.redis;

import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Jedis;

/** A real primary with one replica, watched by one sentinel under the name {@value #MASTER}. */
public final class RedisSentinel implements AutoCloseable {

    /** The name the sentinel knows the primary by. */
    public static final String MASTER = "mymaster";

    private final List<RedisServer> running = new ArrayList<>();
    private final RedisServer primary;
    private final RedisServer replica;
    private final RedisServer sentinel;

    private RedisSentinel(String... sentinelLines) {
        try {
            primary = started(RedisServer.builder()
                    .arguments("--repl-diskless-sync-delay", "0")
                    .arguments(RedisServers.DATABASES));
            replica = started(RedisServer.builder()
                    .arguments("--replicaof", RedisServer.HOST, "" + primary.port())
                    .arguments("--repl-diskless-sync-delay", "0")
                    .arguments(RedisServers.DATABASES));
            awaitInfo(primary, "connected_slaves:1");
            awaitInfo(replica, "master_link_status:up");
            primary.flushWithReplica();
            sentinel = started(RedisServer.builder()
                    .sentinel("sentinel monitor " + MASTER + " " + RedisServer.HOST + " "
                            + primary.port() + " 1\n"
                            + "sentinel down-after-milliseconds " + MASTER + " 500\n"
                            + "sentinel failover-timeout " + MASTER + " 3000\n"
                            + String.join("\n", sentinelLines) + "\n"));
            awaitInfo(sentinel, "slaves=1");
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** Starts the three servers and waits until the sentinel knows the replica. */
    public static RedisSentinel start() {
        return new RedisSentinel();
    }

    private RedisServer started(RedisServer.Builder builder) {
        RedisServer server = builder.start();
        running.add(server);
        return server;
    }

    private static void awaitInfo(RedisServer server, String line) {
        RedisServer.await(line, server.log(), () -> {
            try (Jedis admin = server.admin()) {
                return admin.info().contains(line);
            }
        });
    }

    /** The server that was the primary at the start. */
    public RedisServer primary() {
        return primary;
    }

    /** The server that was the replica at the start. */
    public RedisServer replica() {
        return replica;
    }

    /** The sentinel. */
    public RedisServer sentinel() {
        return sentinel;
    }

    @Override
    public void close() {
        running.forEach(RedisServer::close);
    }
}
