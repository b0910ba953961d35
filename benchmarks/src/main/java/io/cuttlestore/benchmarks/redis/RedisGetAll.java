package io.cuttlestore.benchmarks.redis;

import io.cuttlestore.benchmarks.Workload;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One call that reads a thousand keys from Redis, as a map of those found. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@OperationsPerInvocation(Workload.KEYS)
public class RedisGetAll {
    /** What is asked for. */
    @State(Scope.Benchmark)
    public static class Asked {
        @Param({"none", "half"})
        public String missing = "none";

        List<String> keys() {
            return missing.equals("none") ? RedisClients.PRESENT : RedisClients.HALF_MISSING;
        }

        String[] array() {
            return keys().toArray(new String[0]);
        }
    }

    private static Map<String, String> found(List<String> keys, List<@Nullable String> values) {
        Map<String, String> found = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            String value = values.get(i);
            if (value != null) {
                found.put(keys.get(i), value);
            }
        }
        return found;
    }

    @Benchmark
    public Map<String, String> cuttlestore(RedisClients.Ours ours, Asked asked) {
        return ours.store.getAll(asked.keys());
    }

    @Benchmark
    @SuppressWarnings("NullAway") // Jedis does not say that values may be null
    public Map<String, String> jedisMget(RedisClients.Jedis jedis, Asked asked) {
        return found(asked.keys(), jedis.client.mget(asked.array()));
    }

    @Benchmark
    public Map<String, String> redisTemplate(RedisClients.Spring spring, Asked asked) {
        return found(asked.keys(), spring.template.opsForValue().multiGet(asked.keys()));
    }

    @Benchmark
    public Map<String, String> redissonBuckets(RedisClients.Buckets redisson, Asked asked) {
        return redisson.client.getBuckets().get(asked.array());
    }
}
