/** Entries as keys of a Redis server, cluster or sentinel group. */
module io.cuttlestore.redis {
    requires io.cuttlestore;
    requires redis.clients.jedis;
    requires static org.jspecify;

    provides io.cuttlestore.spi.BackendProvider with
            io.cuttlestore.redis.RedisProvider;
}
