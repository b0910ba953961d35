package io.cuttlestore.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Where the forks of a run find what they measure; passed to them as system properties. */
public final class Place {
    /** The property that names the folder on the disk that is measured. */
    public static final String FOLDER = "cuttlestore.bench.folder";

    /** The property that names the Redis server: {@code 127.0.0.1:7001}. */
    public static final String REDIS = "cuttlestore.bench.redis";

    /** The property that is {@code true} where a short run is wanted. */
    public static final String QUICK = "cuttlestore.bench.quick";

    private Place() {}

    /** A new folder for one contender. It goes when the run ends. */
    public static Path newFolder() {
        try {
            return Files.createTempDirectory(Path.of(property(FOLDER)), "fork");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String redisHost() {
        String redis = property(REDIS);
        return redis.substring(0, redis.lastIndexOf(':'));
    }

    public static int redisPort() {
        String redis = property(REDIS);
        return Integer.parseInt(redis.substring(redis.lastIndexOf(':') + 1));
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }
}
