package io.cuttlestore.reliability;

import io.cuttlestore.postgres.PostgresServers;
import io.cuttlestore.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fresh stores of one backend, for trials that torment all of them alike. Not thread-safe. */
public final class Stores implements AutoCloseable {
    /** The backends that there are. */
    public static final List<String> BACKENDS = List.of("in-memory", "filesystem", "sqlite", "redis", "postgres");

    /** Those whose server decides when entries expire. */
    private static final Set<String> WITH_A_CLOCK = Set.of("redis", "postgres");

    private final String backend;
    private final Path folder;
    private final @Nullable RedisServer redis;
    private int made;

    private Stores(String backend, Path folder, @Nullable RedisServer redis) {
        this.backend = backend;
        this.folder = folder;
        this.redis = redis;
    }

    /**
     * Stores of a backend, in the folder of a trial.
     *
     * @param backend one of {@link #BACKENDS}
     */
    public static Stores of(String backend, Site site) {
        return new Stores(backend, site.folder(), backend.equals("redis") ? RedisServer.start() : null);
    }

    /** A connection string to a store that is empty and that nobody else uses. */
    public String fresh() {
        return fresh("");
    }

    /**
     * A connection string with options to a store that is empty and that nobody else uses.
     *
     * @param options such as {@code durability=power}; may be empty
     */
    public String fresh(String options) {
        made++;
        String namespace = "namespace=store-" + made;
        return switch (backend) {
            case "in-memory" -> "in-memory" + query(options);
            case "filesystem" -> "filesystem://" + folder.resolve("store-" + made) + query(options);
            case "sqlite" -> "sqlite://" + folder.resolve("store-" + made + ".db") + query(options);
            case "redis" ->
                "redis://" + server().address() + query(namespace + (options.isEmpty() ? "" : "&") + options);
            case "postgres" -> PostgresServers.fresh() + (options.isEmpty() ? "" : "&") + options;
            default -> throw new IllegalArgumentException("no backend " + backend);
        };
    }

    private static String query(String options) {
        return options.isEmpty() ? "" : "?" + options;
    }

    /** Whether a clock of ours decides when entries expire. */
    public boolean takeAClock() {
        return !WITH_A_CLOCK.contains(backend);
    }

    private RedisServer server() {
        if (redis == null) {
            throw new IllegalStateException(backend + " has no server");
        }
        return redis;
    }

    @Override
    public void close() throws IOException {
        if (redis != null) {
            redis.close();
        }
    }
}
