package io.cuttlestore.sqlite;

import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.spi.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The engines of this process: one for all connections to a file with the same settings. Thread-safe. */
final class Engines {
    private static final ConcurrentHashMap<List<?>, Shared> OPEN = new ConcurrentHashMap<>();

    private Engines() {}

    private record Shared(Engine engine, int users) {}

    /** An engine and the right to use it, to be given back once. */
    record Lease(Engine engine, List<?> key) {
        void release() {
            OPEN.computeIfPresent(key, (same, shared) -> {
                if (shared.users > 1) {
                    return new Shared(shared.engine, shared.users - 1);
                }
                shared.engine.close();
                return null;
            });
        }
    }

    /** Leases the engine of a file, which is opened if it is not open. */
    static Lease acquire(Path file, Settings settings, Deadline deadline) {
        List<?> key = key(file, settings);
        Shared shared = OPEN.compute(
                key,
                (same, open) -> open == null
                        ? new Shared(Engine.open(file, settings, deadline), 1)
                        : new Shared(open.engine, open.users + 1));
        return new Lease(shared.engine, key);
    }

    /** What tells engines apart: the path, the file itself, since another one may have taken its name, and the settings. */
    private static List<?> key(Path file, Settings settings) {
        return Arrays.asList(file, identity(file), settings.synchronous(), settings.readers());
    }

    private static @Nullable Object identity(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException e) {
            throw new StoreUnavailableException("opening " + file + " failed: it was removed meanwhile", e);
        }
    }
}
