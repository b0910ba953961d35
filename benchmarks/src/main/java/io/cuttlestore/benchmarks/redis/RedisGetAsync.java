package io.cuttlestore.benchmarks.redis;

import io.cuttlestore.benchmarks.Flight;
import io.cuttlestore.benchmarks.Turn;
import io.cuttlestore.benchmarks.Workload;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;

/** A thousand reads of single keys from Redis at the same time, half of which are missing. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(Flight.CALLS)
public class RedisGetAsync {
    private static String key(Turn turn) {
        return Workload.key(turn.next(2 * Workload.KEYS));
    }

    @Benchmark
    public void cuttlestore(RedisClients.Ours ours, Turn turn) {
        Flight.of(() -> ours.store.async().get(key(turn)));
    }

    @Benchmark
    public void jedis(RedisClients.Jedis jedis, Turn turn) {
        Flight.of(() -> {
            String key = key(turn);
            return jedis.async(() -> jedis.client.get(key));
        });
    }

    @Benchmark
    public void lettuce(RedisClients.Lettuce lettuce, Turn turn) {
        Flight.of(() -> lettuce.connection.async().get(key(turn)));
    }

    @Benchmark
    public void redissonBucket(RedisClients.Buckets redisson, Turn turn) {
        Flight.of(() -> redisson.client.getBucket(key(turn)).getAsync());
    }
}
