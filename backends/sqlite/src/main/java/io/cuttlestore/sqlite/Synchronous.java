package io.cuttlestore.sqlite;

import io.cuttlestore.Durability;
import org.sqlite.SQLiteConfig.SynchronousMode;

/** When SQLite waits for the disk. */
enum Synchronous {
    /** At checkpoints only: a power cut may take the last writes, and never damages the file. */
    PROCESS(Durability.PROCESS),
    /** At every commit. */
    POWER(Durability.POWER);

    private final Durability durability;

    Synchronous(Durability durability) {
        this.durability = durability;
    }

    SynchronousMode mode() {
        return this == POWER ? SynchronousMode.FULL : SynchronousMode.NORMAL;
    }

    Durability durability() {
        return durability;
    }
}
