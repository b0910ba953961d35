package io.cuttlestore.rocksdb;

import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** The engines of this process: one for all connections to a folder. Thread-safe. */
final class Engines {
    private static final ConcurrentHashMap<List<?>, Shared> OPEN = new ConcurrentHashMap<>();

    private Engines() {}

    private record Shared(Engine engine, int memory, int users) {
        Shared withUsers(int count) {
            return new Shared(engine, memory, count);
        }
    }

    /** An engine and the right to use it, to be given back once. */
    record Lease(Engine engine, List<?> key) {
        void release() {
            OPEN.computeIfPresent(key, (same, shared) -> {
                if (shared.users > 1) {
                    return shared.withUsers(shared.users - 1);
                }
                shared.engine.close();
                return null;
            });
        }
    }

    /**
     * Leases the engine of a folder, which is opened if it is not open.
     *
     * @param memory in MiB
     * @throws InvalidConnectionStringException if it is open with another amount of memory
     */
    static Lease acquire(DatabaseFolder folder, int memory) {
        List<?> key = List.of(identity(folder.path()));
        Shared shared = OPEN.compute(key, (same, open) -> {
            if (open == null) {
                return new Shared(Engine.open(folder, memory), memory, 1);
            }
            if (open.memory != memory) {
                throw new InvalidConnectionStringException(
                        open.engine.location() + " is open in this process with memory=" + open.memory
                                + ", and its connections share that; open it with the same");
            }
            return open.withUsers(open.users + 1);
        });
        return new Lease(shared.engine, key);
    }

    /** What tells a folder from others, whatever its name is, or was: its path only where files have no more than that. */
    private static Object identity(Path folder) {
        try {
            Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
            return key == null ? folder : key;
        } catch (IOException e) {
            throw new StoreUnavailableException("opening " + folder + " failed: it was removed meanwhile", e);
        }
    }
}
