package io.cuttlestore.benchmarks.redis;

import io.cuttlestore.benchmarks.Workload;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import redis.clients.jedis.Pipeline;

/** One call that writes a thousand entries to Redis. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(Workload.KEYS)
public class RedisPutAll {
    /** What is written, other values from call to call. */
    @State(Scope.Benchmark)
    public static class Written {
        private final List<Map<String, String>> variants =
                IntStream.range(0, 4).mapToObj(RedisClients::entries).toList();
        private int calls;

        Map<String, String> next() {
            return variants.get(calls++ % variants.size());
        }
    }

    @Benchmark
    public void cuttlestore(RedisClients.Ours ours, Written written) {
        ours.store.putAll(written.next());
    }

    @Benchmark
    public List<Object> jedisPipeline(RedisClients.Jedis jedis, Written written) {
        try (Pipeline pipeline = jedis.client.pipelined()) {
            written.next().forEach(pipeline::set);
            return pipeline.syncAndReturnAll();
        }
    }

    @Benchmark
    public void redisTemplate(RedisClients.Spring spring, Written written) {
        spring.template.opsForValue().multiSet(written.next());
    }

    @Benchmark
    public void redissonBuckets(RedisClients.Buckets redisson, Written written) {
        redisson.client.getBuckets().set(written.next());
    }
}
