package io.cuttlestore.sqlite;

import static io.cuttlestore.Capability.ATOMIC_BATCH;
import static io.cuttlestore.Capability.CHEAP_TOUCH;
import static io.cuttlestore.Capability.CONDITIONAL;
import static io.cuttlestore.Capability.DURABLE;
import static io.cuttlestore.Capability.EXACT_SCAN;
import static io.cuttlestore.Capability.NO_EVICTION;
import static io.cuttlestore.Capability.ORDERED_SCAN;
import static io.cuttlestore.Capability.PLAIN_VALUES;
import static io.cuttlestore.Capability.PREFIX_SEEK;
import static io.cuttlestore.Capability.SCAN;
import static io.cuttlestore.Capability.SHARED;
import static io.cuttlestore.Capability.TTL;

import io.cuttlestore.Capability;
import io.cuttlestore.testkit.CuttlestoreKit;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("sqlite")
class SqliteKitTest extends CuttlestoreKit {
    @TempDir
    Path folder;

    private int stores;

    @Override
    protected String freshStore() {
        return "sqlite://" + folder.resolve("store" + stores++ + ".db");
    }

    @Override
    protected Set<Capability> capabilities() {
        return EnumSet.of(
                CONDITIONAL,
                TTL,
                CHEAP_TOUCH,
                SCAN,
                EXACT_SCAN,
                ORDERED_SCAN,
                PREFIX_SEEK,
                ATOMIC_BATCH,
                SHARED,
                DURABLE,
                NO_EVICTION,
                PLAIN_VALUES);
    }
}
