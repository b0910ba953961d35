package io.cuttlestore.sqlite;

import io.cuttlestore.Durability;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** When SQLite waits for the disk. */
enum Synchronous {
    /** At checkpoints only: a power cut may take the last writes, and never damages the file. */
    PROCESS(SynchronousMode.NORMAL, Durability.PROCESS),
    /** At every commit. */
    POWER(SynchronousMode.FULL, Durability.POWER);

    private final SynchronousMode mode;
    private final Durability durability;

    Synchronous(SynchronousMode mode, Durability durability) {
        this.mode = mode;
        this.durability = durability;
    }

    SynchronousMode mode() {
        return mode;
    }

    Durability durability() {
        return durability;
    }
}
