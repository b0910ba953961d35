package io.cuttlestore.redis;

import io.cuttlestore.Capability;
import io.cuttlestore.testkit.CuttlestoreKit;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import redis.clients.jedis.Jedis;

/** The contract on Redis: what is the same for every arrangement of servers. */
abstract class RedisKit extends CuttlestoreKit {
    @Override
    protected Set<Capability> capabilities() {
        return EnumSet.of(
                Capability.CONDITIONAL,
                Capability.TTL,
                Capability.CHEAP_TOUCH,
                Capability.SCAN,
                Capability.SHARED,
                Capability.DURABLE,
                Capability.NO_EVICTION,
                Capability.PLAIN_VALUES);
    }

    @Override
    protected List<String> foreignKinds() {
        return List.of("list", "hash", "set", "sorted set", "stream");
    }

    @Override
    protected void plantForeign(String connectionString, String storedKey, String kind) {
        byte[] key = storedKey.getBytes(StandardCharsets.UTF_8);
        try (Jedis admin = adminOf(connectionString, key)) {
            switch (kind) {
                case "list" -> admin.rpush(key, bytes("a"));
                case "hash" -> admin.hset(key, bytes("f"), bytes("v"));
                case "set" -> admin.sadd(key, bytes("a"));
                case "sorted set" -> admin.zadd(key, 1, bytes("a"));
                default -> admin.sendCommand(() -> bytes("XADD"), key, bytes("*"), bytes("f"), bytes("v"));
            }
        }
    }

    /** A connection of an administrator to the server and database that hold a key. */
    abstract Jedis adminOf(String connectionString, byte[] key);

    /** An administrator in the database that the path of a connection string ends with. */
    static Jedis inDatabase(RedisServer server, String connectionString) {
        Jedis admin = server.admin();
        String place = connectionString.replaceAll("\\?.*", "");
        admin.select(Integer.parseInt(place.substring(place.lastIndexOf('/') + 1)));
        return admin;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
