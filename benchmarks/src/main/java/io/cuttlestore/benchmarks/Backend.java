package io.cuttlestore.benchmarks;

import java.util.Arrays;
import java.util.Optional;

/** The stores that are measured. */
public enum Backend {
    IN_MEMORY("in-memory", "In memory"),
    FILESYSTEM("filesystem", "Filesystem"),
    SQLITE("sqlite", "SQLite"),
    REDIS("redis", "Redis");

    private final String id;
    private final String title;

    Backend(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** The one that the id of a work names: {@code sqlite-get}, {@code scale-sqlite-scan}. */
    public static Optional<Backend> of(String work) {
        return Arrays.stream(values())
                .filter(backend -> ("-" + work + "-").contains("-" + backend.id + "-"))
                .findFirst();
    }

    /** Its name in ids. */
    public String id() {
        return id;
    }

    /** Its name for people. */
    public String title() {
        return title;
    }
}
