package io.cuttlestore.benchmarks.report;

import io.cuttlestore.benchmarks.Comparison;
import java.awt.Color;
import java.util.List;
import java.util.Map;

/** How a contender looks in every plot. */
record Contender(String label, Color color) {
    private static final Color OURS = new Color(0x0B63CE);
    private static final Color RAW = new Color(0x4A4A4A);
    private static final Color OTHER = new Color(0x8D6E63);
    private static final Color ORANGE = new Color(0xF28E2B);
    private static final Color GREEN = new Color(0x59A14F);
    private static final Color PURPLE = new Color(0xA868B7);
    private static final Color PINK = new Color(0xE377A2);

    private static final List<Color> PALETTE = List.of(OURS, ORANGE, GREEN, PURPLE, RAW, PINK, OTHER);

    private static final Map<String, Contender> KNOWN = Map.ofEntries(
            Map.entry(Comparison.OURS, new Contender("Cuttlestore", OURS)),
            Map.entry("concurrentHashMap", new Contender("ConcurrentHashMap", RAW)),
            Map.entry("keyOnly", new Contender("making the key", OTHER)),
            Map.entry("map", new Contender("map with an expiry field", RAW)),
            Map.entry("caffeine", new Contender("Caffeine", ORANGE)),
            Map.entry("mvStore", new Contender("H2 MVStore", GREEN)),
            Map.entry("h2MvStore", new Contender("H2 MVStore", GREEN)),
            Map.entry("mapDb", new Contender("MapDB", PURPLE)),
            Map.entry("jdbc", new Contender("JDBC", RAW)),
            Map.entry("singleGets", new Contender("single gets", ORANGE)),
            Map.entry("fileChannel", new Contender("FileChannel", RAW)),
            Map.entry("filesExists", new Contender("Files.exists", RAW)),
            Map.entry("tempAndRename", new Contender("temporary file and rename", RAW)),
            Map.entry("syncedTempAndRename", new Contender("temporary file, fsync and rename", RAW)),
            Map.entry("openDal", new Contender("OpenDAL", ORANGE)),
            Map.entry("jedis", new Contender("Jedis", RAW)),
            Map.entry("jedisPipeline", new Contender("Jedis pipeline", RAW)),
            Map.entry("jedisMget", new Contender("Jedis MGET", RAW)),
            Map.entry("lettuce", new Contender("Lettuce", ORANGE)),
            Map.entry("redisTemplate", new Contender("Spring RedisTemplate", GREEN)),
            Map.entry("redissonBucket", new Contender("Redisson RBucket(s)", PURPLE)),
            Map.entry("redissonBuckets", new Contender("Redisson RBucket(s)", PURPLE)),
            Map.entry("redissonMapCache", new Contender("Redisson RMapCache", PINK)),
            Map.entry("rust-original", new Contender("Rust original", OTHER)));

    static Contender of(String name) {
        return KNOWN.getOrDefault(name, new Contender(name, OTHER));
    }

    /** The colour of one of several lines that all are ours. */
    static Color color(int line) {
        return PALETTE.get(line % PALETTE.size());
    }

    boolean isOurs() {
        return color.equals(OURS);
    }
}
