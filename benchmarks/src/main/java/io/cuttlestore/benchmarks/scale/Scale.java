package io.cuttlestore.benchmarks.scale;

import io.cuttlestore.benchmarks.Place;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import redis.clients.jedis.Jedis;

/**
 * Measures how cost grows with the number of entries, from a thousand to ten million of 100 bytes (one million files), and
 * prints {@link io.cuttlestore.benchmarks.Measurement}s. Every store but the one in memory has to make do with a heap of
 * 64 MiB, at every size and for everything: filling, reading, sweeping, scanning and {@code cuttle copy}.
 *
 * <p>Works are named {@code scale-sqlite-load} and so on: {@code load} (with {@code putAll}, keys in order), {@code get}
 * (at random), {@code prefix} (1,000 matches), {@code sweep} (1,000 expired), {@code scan} (everything), {@code copy} (a
 * whole run of the command, from files into SQLite, from the others into Redis). Arguments name the stores, all if there are none.
 */
public final class Scale {
    static final boolean QUICK = Boolean.getBoolean("cuttlestore.bench.quick");

    private static final List<String> STORES = List.of("in-memory", "filesystem", "sqlite", "redis");
    private static final long MOST_WHEN_QUICK = 100_000;
    private static final long MOST_FILES = 1_000_000;
    private static final long MOST = 10_000_000;

    /** The databases of the Redis server that are filled and emptied. */
    private static final int REDIS_STORE = 3;

    private static final int REDIS_COPIES = 4;

    private Scale() {}

    public static void main(String[] args) throws InterruptedException {
        try {
            boolean whole = true;
            for (String store : args.length == 0 ? STORES : Arrays.asList(args)) {
                whole &= grow(store);
            }
            if (!whole) {
                System.err.println("scale: not all could be measured, see what is left out above");
                System.exit(1);
            }
        } catch (IOException | RuntimeException e) {
            System.err.println("scale: " + e);
            System.exit(1);
        }
    }

    /** Returns whether it came to its end. */
    private static boolean grow(String store) throws IOException, InterruptedException {
        Path folder = Place.newFolder();
        String intoRedis = redis(REDIS_COPIES) + "?namespace=%d";
        try {
            return switch (store) {
                case "in-memory" -> grow("-Xmx8g", store, "in-memory", MOST, "");
                case "filesystem" -> {
                    String intoSqlite = "sqlite://" + folder + "/copy-%d.db";
                    yield grow(Growth.SMALL_HEAP, store, "filesystem://" + folder + "/store", MOST_FILES, intoSqlite);
                }
                case "sqlite" -> grow(Growth.SMALL_HEAP, store, "sqlite://" + folder + "/store.db", MOST, intoRedis);
                case "redis" -> grow(Growth.SMALL_HEAP, store, redis(REDIS_STORE), MOST, intoRedis);
                default -> throw new IllegalArgumentException("there is no store " + store + ", only " + STORES);
            };
        } finally {
            empty(folder);
            emptyRedis();
        }
    }

    private static boolean grow(String heap, String store, String connectionString, long largest, String copyTo)
            throws IOException, InterruptedException {
        String size = Long.toString(QUICK ? Math.min(largest, MOST_WHEN_QUICK) : largest);
        Child growth = new Child(heap, Growth.class.getName(), store, connectionString, size, copyTo);
        return growth.run(Redirect.INHERIT) == 0;
    }

    private static String redis(int database) {
        return "redis://" + Place.redisHost() + ":" + Place.redisPort() + "/" + database;
    }

    private static void empty(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(file);
            }
        }
    }

    private static void emptyRedis() {
        try (Jedis redis = new Jedis(Place.redisHost(), Place.redisPort(), 60_000)) {
            redis.select(REDIS_STORE);
            redis.flushDB();
            redis.select(REDIS_COPIES);
            redis.flushDB();
        }
    }
}
