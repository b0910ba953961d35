package io.cuttlestore.benchmarks.run;

import io.cuttlestore.benchmarks.Backend;
import io.cuttlestore.benchmarks.Place;
import io.cuttlestore.benchmarks.result.LeftOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a run measures: a folder on the disk, and a Redis server. Both are gone once it is closed. */
final class Site implements AutoCloseable {
    private static final long MEGABYTE = 1_000_000;
    private static final long LEAST_SPACE = 200 * MEGABYTE;

    private final Map<Backend, String> missing = new EnumMap<>(Backend.class);
    private final Path scratch;
    private final @Nullable Path folder;
    private final @Nullable RedisProcess redis;

    private Site(Path scratch, @Nullable Path folder, @Nullable RedisProcess redis) {
        this.scratch = scratch;
        this.folder = folder;
        this.redis = redis;
    }

    /**
     * Prepares both, or notes why one can't be had.
     *
     * @param disk the folder in which the data is to be
     * @param redisServer the program of the server
     */
    static Site open(Path disk, String redisServer) throws IOException {
        Map<Backend, String> missing = new EnumMap<>(Backend.class);
        Path scratch = Files.createTempDirectory("cuttlestore-bench");
        Path folder = null;
        try {
            folder = folder(disk);
        } catch (IOException e) {
            missing.put(Backend.FILESYSTEM, e.getMessage());
            missing.put(Backend.SQLITE, e.getMessage());
        }
        RedisProcess redis = null;
        try {
            redis = RedisProcess.start(redisServer, scratch);
        } catch (IOException e) {
            missing.put(Backend.REDIS, "no Redis server: " + e.getMessage());
        }
        Site site = new Site(scratch, folder, redis);
        site.missing.putAll(missing);
        return site;
    }

    private static Path folder(Path disk) throws IOException {
        Path folder;
        try {
            Files.createDirectories(disk);
            folder = Files.createTempDirectory(disk, "data");
        } catch (IOException e) {
            throw new IOException("can't write to the folder of --folder: " + Reason.of(e), e);
        }
        long space = Files.getFileStore(folder).getUsableSpace();
        if (space < LEAST_SPACE) {
            Files.delete(folder);
            throw new IOException("the disk of --folder has only " + space / MEGABYTE + " MB free");
        }
        return folder;
    }

    /** Why a store can't be measured, if it can't. */
    Optional<String> obstacle(Backend backend) {
        return Optional.ofNullable(missing.get(backend));
    }

    /** What can't be measured at all. */
    List<LeftOut> leftOut() {
        return missing.entrySet().stream()
                .map(entry -> new LeftOut(entry.getKey().title(), entry.getValue()))
                .toList();
    }

    /** What tells a JVM of this place. */
    List<String> properties() {
        List<String> properties = new ArrayList<>();
        if (folder != null) {
            properties.add("-D" + Place.FOLDER + "=" + folder);
        }
        if (redis != null) {
            properties.add("-D" + Place.REDIS + "=" + redis.address());
        }
        return properties;
    }

    /** Deletes what a fork has left behind. */
    void clean() throws IOException {
        if (folder != null) {
            deleteBelow(folder);
        }
    }

    @Override
    public void close() throws IOException {
        if (redis != null) {
            redis.close();
        }
        for (Path each : folder == null ? List.of(scratch) : List.of(scratch, folder)) {
            if (Files.exists(each)) {
                deleteBelow(each);
                Files.deleteIfExists(each);
            }
        }
    }

    private static void deleteBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder())
                    .filter(file -> !file.equals(folder))
                    .toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // gone already
        }
    }
}
