package io.cuttlestore.cli;

import io.cuttlestore.redis.RedisServers;
import java.nio.file.Path;

/** The stores that every command is tried on. */
enum TestStore {
    IN_MEMORY {
        @Override
        String url(Path folder, String name) {
            return "in-memory://" + folder.getFileName() + "-" + name;
        }
    },
    FILESYSTEM {
        @Override
        String url(Path folder, String name) {
            return "filesystem://" + folder.resolve(name).toUri().getRawPath();
        }
    },
    SQLITE {
        @Override
        String url(Path folder, String name) {
            return "sqlite://" + folder.resolve(name + ".db").toUri().getRawPath();
        }
    },
    REDIS {
        @Override
        String url(Path folder, String name) {
            return "redis://" + RedisServers.standalone().address() + "?namespace=" + folder.getFileName() + "-" + name;
        }
    };

    /** The connection string of the store of this name. */
    abstract String url(Path folder, String name);
}
