package io.cuttlestore.all;

import io.cuttlestore.redis.RedisServers;
import java.nio.file.Path;
import java.util.UUID;

/** The four stores of the Rust original. */
enum Stores {
    IN_MEMORY {
        @Override
        String fresh(Path folder) {
            return "in-memory://" + UUID.randomUUID();
        }
    },
    FILESYSTEM {
        @Override
        String fresh(Path folder) {
            return "filesystem://" + folder.resolve("store-" + UUID.randomUUID());
        }
    },
    SQLITE {
        @Override
        String fresh(Path folder) {
            return "sqlite://" + folder.resolve("store-" + UUID.randomUUID() + ".db");
        }
    },
    REDIS {
        @Override
        String fresh(Path folder) {
            return "redis://" + RedisServers.standalone().address() + "?namespace=" + UUID.randomUUID();
        }
    };

    /** The connection string of an empty store that nobody else uses. */
    abstract String fresh(Path folder);
}
