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

/** A thousand writes of single keys to Redis at the same time. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(Flight.CALLS)
public class RedisPutAsync {
    private static String value(int i, Turn turn) {
        return Workload.value(i, turn.round(Workload.KEYS));
    }

    @Benchmark
    public void cuttlestore(RedisClients.Ours ours, Turn turn) {
        Flight.of(() -> {
            int i = turn.next(Workload.KEYS);
            return ours.store.async().put(Workload.key(i), value(i, turn));
        });
    }

    @Benchmark
    public void jedis(RedisClients.Jedis jedis, Turn turn) {
        Flight.of(() -> {
            int i = turn.next(Workload.KEYS);
            String value = value(i, turn);
            return jedis.async(() -> jedis.client.set(Workload.key(i), value));
        });
    }

    @Benchmark
    public void lettuce(RedisClients.Lettuce lettuce, Turn turn) {
        Flight.of(() -> {
            int i = turn.next(Workload.KEYS);
            return lettuce.connection.async().set(Workload.key(i), value(i, turn));
        });
    }

    @Benchmark
    public void redissonBucket(RedisClients.Buckets redisson, Turn turn) {
        Flight.of(() -> {
            int i = turn.next(Workload.KEYS);
            return redisson.client.getBucket(Workload.key(i)).setAsync(value(i, turn));
        });
    }
}
