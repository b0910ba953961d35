package io.cuttlestore.benchmarks.redis;

import io.cuttlestore.benchmarks.Turn;
import io.cuttlestore.benchmarks.Workload;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Reads of single keys from Redis, half of which are missing. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RedisGet {
    private static String key(Turn turn) {
        return Workload.key(turn.next(2 * Workload.KEYS));
    }

    @Benchmark
    public Optional<String> cuttlestore(RedisClients.Ours ours, Turn turn) {
        return ours.store.get(key(turn));
    }

    @Benchmark
    public @Nullable String jedis(RedisClients.Jedis jedis, Turn turn) {
        return jedis.client.get(key(turn));
    }

    @Benchmark
    public @Nullable String lettuce(RedisClients.Lettuce lettuce, Turn turn) {
        return lettuce.connection.sync().get(key(turn));
    }

    @Benchmark
    public @Nullable String redisTemplate(RedisClients.Spring spring, Turn turn) {
        return spring.template.opsForValue().get(key(turn));
    }

    @Benchmark
    public @Nullable String redissonBucket(RedisClients.Buckets redisson, Turn turn) {
        return redisson.client.<String>getBucket(key(turn)).get();
    }

    @Benchmark
    public @Nullable String redissonMapCache(RedisClients.Buckets redisson, Turn turn) {
        return redisson.map.get(key(turn));
    }
}
