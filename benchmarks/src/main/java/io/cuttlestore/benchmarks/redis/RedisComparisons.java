package io.cuttlestore.benchmarks.redis;

import static io.cuttlestore.benchmarks.Target.atMost;
import static io.cuttlestore.benchmarks.Target.faster;

import io.cuttlestore.benchmarks.Comparison;
import io.cuttlestore.benchmarks.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is compared on Redis. */
public final class RedisComparisons {
    private static final List<String> SINGLE =
            List.of("cuttlestore", "jedis", "lettuce", "redisTemplate", "redissonBucket", "redissonMapCache");
    private static final List<String> ASYNC = List.of("cuttlestore", "jedis", "lettuce", "redissonBucket");
    private static final List<String> SERIES = List.of("cuttlestore", "jedis", "lettuce");
    private static final List<Target> ALONE = List.of(atMost(1.10, "jedis"));
    private static final List<Target> TOGETHER = List.of(faster(2, "jedis"), faster(3, "lettuce"));
    private static final List<Target> IN_FLIGHT = List.of(faster(10, "jedis"));
    private static final int[] CALLERS = {8, 256, 1_000};

    private RedisComparisons() {}

    /** All of them. */
    public static List<Comparison> all() {
        List<Comparison> all = new ArrayList<>();
        all.add(of("redis-get", "Redis get, 1 thread", RedisGet.class, SINGLE, 1, ALONE));
        all.add(of("redis-put", "Redis put, 1 thread", RedisPut.class, SINGLE, 1, ALONE));
        all.add(of("redis-get-64", "Redis get, 64 threads", RedisGet.class, SINGLE, 64, TOGETHER));
        all.add(of("redis-put-64", "Redis put, 64 threads", RedisPut.class, SINGLE, 64, TOGETHER));
        all.add(of("redis-get-async", "Redis get, 1,000 in flight", RedisGetAsync.class, ASYNC, 1, IN_FLIGHT));
        all.add(of("redis-put-async", "Redis put, 1,000 in flight", RedisPutAsync.class, ASYNC, 1, IN_FLIGHT));
        all.add(getAll("redis-getall", "Redis getAll of 1,000", "none"));
        all.add(getAll("redis-getall-half", "Redis getAll of 1,000, half of them missing", "half"));
        all.add(of(
                "redis-putall",
                "Redis putAll of 1,000",
                RedisPutAll.class,
                List.of("cuttlestore", "jedisPipeline", "redisTemplate", "redissonBuckets"),
                1,
                List.of(atMost(1.3, "jedisPipeline"))));
        for (int callers : CALLERS) {
            all.add(of("redis-get-callers", "Redis get", RedisGet.class, SERIES, callers, List.of()));
            all.add(of("redis-put-callers", "Redis put", RedisPut.class, SERIES, callers, List.of()));
        }
        all.add(of("redis-get-latency", "Redis get, 64 threads", RedisGet.class, SERIES, 64, List.of()));
        return all;
    }

    private static Comparison getAll(String id, String title, String missing) {
        return new Comparison(
                id,
                title,
                RedisGetAll.class,
                List.of("cuttlestore", "jedisMget", "redisTemplate", "redissonBuckets"),
                1,
                Map.of("missing", missing),
                List.of(atMost(1.3, "jedisMget")));
    }

    private static Comparison of(
            String id, String title, Class<?> benchmark, List<String> contenders, int threads, List<Target> targets) {
        return new Comparison(id, title, benchmark, contenders, threads, Map.of(), targets);
    }
}
