package io.cuttlestore.rocksdb;

import static io.cuttlestore.Capability.ATOMIC_BATCH;
import static io.cuttlestore.Capability.CONDITIONAL;
import static io.cuttlestore.Capability.DURABLE;
import static io.cuttlestore.Capability.EXACT_SCAN;
import static io.cuttlestore.Capability.NO_EVICTION;
import static io.cuttlestore.Capability.ORDERED_SCAN;
import static io.cuttlestore.Capability.PREFIX_SEEK;
import static io.cuttlestore.Capability.SCAN;
import static io.cuttlestore.Capability.TTL;

import io.cuttlestore.Capability;
import io.cuttlestore.testkit.CuttlestoreKit;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("rocksdb")
class RocksDbKitTest extends CuttlestoreKit {
    @TempDir
    Path folder;

    private int stores;

    @Override
    protected String freshStore() {
        return "rocksdb://" + folder.resolve("store" + stores++);
    }

    @Override
    protected Set<Capability> capabilities() {
        return EnumSet.of(
                CONDITIONAL, TTL, SCAN, EXACT_SCAN, ORDERED_SCAN, PREFIX_SEEK, ATOMIC_BATCH, DURABLE, NO_EVICTION);
    }
}
