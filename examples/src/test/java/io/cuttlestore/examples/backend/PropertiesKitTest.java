package io.cuttlestore.examples.backend;

import io.cuttlestore.Capability;
import io.cuttlestore.testkit.CuttlestoreKit;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

// @start region="kit"
class PropertiesKitTest extends CuttlestoreKit {
    @TempDir
    private Path folder;

    private int stores;

    @Override
    protected String freshStore() {
        return "properties://" + folder.resolve("store" + stores++ + ".properties");
    }

    @Override
    protected Set<Capability> capabilities() {
        return EnumSet.of(
                Capability.CONDITIONAL,
                Capability.TTL,
                Capability.SCAN,
                Capability.EXACT_SCAN,
                Capability.ATOMIC_BATCH,
                Capability.DURABLE,
                Capability.NO_EVICTION);
    }
}
// @end
