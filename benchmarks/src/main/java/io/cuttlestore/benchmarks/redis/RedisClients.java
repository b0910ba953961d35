package io.cuttlestore.benchmarks.redis;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.benchmarks.Place;
import io.cuttlestore.benchmarks.Workload;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.redisson.Redisson;
import org.redisson.api.RMapCache;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import org.redisson.config.Config;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;

/** The clients of Redis, each with a database of its own that holds the {@linkplain Workload} when it is measured. */
public final class RedisClients {
    /** The keys of a bulk call in which none is missing. */
    static final List<String> PRESENT =
            IntStream.range(0, Workload.KEYS).mapToObj(Workload::key).toList();

    /** The keys of a bulk call in which every other one is missing. */
    static final List<String> HALF_MISSING = IntStream.range(0, Workload.KEYS)
            .mapToObj(i -> Workload.key(i % 2 == 0 ? i : Workload.KEYS + i))
            .toList();

    private RedisClients() {}

    /** All entries, as they are at their {@code round}th writing. */
    static Map<String, String> entries(int round) {
        Map<String, String> entries = new HashMap<>();
        for (int i = 0; i < Workload.KEYS; i++) {
            entries.put(Workload.key(i), Workload.value(i, round));
        }
        return entries;
    }

    /** Our own. */
    @State(Scope.Benchmark)
    public static class Ours {
        final Cuttlestore<String> store =
                Cuttlestore.open("redis://" + Place.redisHost() + ":" + Place.redisPort() + "/1", String.class);

        @Setup(Level.Trial)
        public void load() {
            store.putAll(entries(0));
        }

        @TearDown
        public void close() {
            store.close();
        }
    }

    /** Jedis with its pool. */
    @State(Scope.Benchmark)
    public static class Jedis {
        /** As many as serve 64 threads best: with fewer they wait for connections, at up to three times the cost. */
        private static final int POOL_SIZE = 64;

        /** As many as serve a thousand futures best on two processors. */
        private static final int THREADS = Integer.getInteger("cuttlestore.bench.jedis", 8);

        final RedisClient client = RedisClient.builder()
                .hostAndPort(Place.redisHost(), Place.redisPort())
                .clientConfig(DefaultJedisClientConfig.builder().database(2).build())
                .poolConfig(pool())
                .build();
        private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

        private static ConnectionPoolConfig pool() {
            ConnectionPoolConfig pool = new ConnectionPoolConfig();
            pool.setMaxTotal(POOL_SIZE);
            pool.setMaxIdle(POOL_SIZE);
            return pool;
        }

        @Setup(Level.Trial)
        public void load() {
            entries(0).forEach(client::set);
        }

        <T> CompletableFuture<T> async(Supplier<T> call) {
            return CompletableFuture.supplyAsync(call, threads);
        }

        @TearDown
        public void close() {
            threads.shutdownNow();
            client.close();
        }
    }

    /** Lettuce with one connection for all threads, as its authors advise. */
    @State(Scope.Benchmark)
    public static class Lettuce {
        private final io.lettuce.core.RedisClient client = io.lettuce.core.RedisClient.create(RedisURI.builder()
                .withHost(Place.redisHost())
                .withPort(Place.redisPort())
                .withDatabase(3)
                .build());
        final StatefulRedisConnection<String, String> connection = client.connect();

        @Setup(Level.Trial)
        public void load() {
            connection.sync().mset(entries(0));
        }

        @TearDown
        public void close() {
            client.shutdown();
        }
    }

    /** Spring Data Redis over Lettuce. */
    @State(Scope.Benchmark)
    public static class Spring {
        private final LettuceConnectionFactory factory = factory();
        final StringRedisTemplate template = new StringRedisTemplate(factory);

        private static LettuceConnectionFactory factory() {
            RedisStandaloneConfiguration server =
                    new RedisStandaloneConfiguration(Place.redisHost(), Place.redisPort());
            server.setDatabase(4);
            LettuceConnectionFactory factory = new LettuceConnectionFactory(server);
            factory.afterPropertiesSet();
            factory.start();
            return factory;
        }

        @Setup(Level.Trial)
        public void load() {
            template.opsForValue().multiSet(entries(0));
        }

        @TearDown
        public void close() {
            factory.destroy();
        }
    }

    /** Redisson: a bucket for each key, and a map whose entries may expire one by one. */
    @State(Scope.Benchmark)
    public static class Buckets {
        final RedissonClient client = client();
        final RMapCache<String, String> map = client.getMapCache("map");

        private static RedissonClient client() {
            Config config = new Config();
            config.setCodec(StringCodec.INSTANCE);
            config.useSingleServer()
                    .setAddress("redis://" + Place.redisHost() + ":" + Place.redisPort())
                    .setDatabase(5);
            return Redisson.create(config);
        }

        @Setup(Level.Trial)
        public void load() {
            client.getBuckets().set(entries(0));
            map.putAll(entries(0));
        }

        @TearDown
        public void close() {
            client.shutdown();
        }
    }
}
