package io.cuttlestore.benchmarks.redis;

import io.cuttlestore.benchmarks.Turn;
import io.cuttlestore.benchmarks.Workload;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** Writes of single keys to Redis. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RedisPut {
    private static String value(int i, Turn turn) {
        return Workload.value(i, turn.round(Workload.KEYS));
    }

    @Benchmark
    public void cuttlestore(RedisClients.Ours ours, Turn turn) {
        int i = turn.next(Workload.KEYS);
        ours.store.put(Workload.key(i), value(i, turn));
    }

    @Benchmark
    public String jedis(RedisClients.Jedis jedis, Turn turn) {
        int i = turn.next(Workload.KEYS);
        return jedis.client.set(Workload.key(i), value(i, turn));
    }

    @Benchmark
    public String lettuce(RedisClients.Lettuce lettuce, Turn turn) {
        int i = turn.next(Workload.KEYS);
        return lettuce.connection.sync().set(Workload.key(i), value(i, turn));
    }

    @Benchmark
    public void redisTemplate(RedisClients.Spring spring, Turn turn) {
        int i = turn.next(Workload.KEYS);
        spring.template.opsForValue().set(Workload.key(i), value(i, turn));
    }

    @Benchmark
    public void redissonBucket(RedisClients.Buckets redisson, Turn turn) {
        int i = turn.next(Workload.KEYS);
        redisson.client.<String>getBucket(Workload.key(i)).set(value(i, turn));
    }

    @Benchmark
    public boolean redissonMapCache(RedisClients.Buckets redisson, Turn turn) {
        int i = turn.next(Workload.KEYS);
        return redisson.map.fastPut(Workload.key(i), value(i, turn));
    }
}
