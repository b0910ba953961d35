package io.cuttlestore.testkit;

import io.cuttlestore.Capability;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;

/** The backend that the faults are planted in keeps the contract without them. */
@DisplayName("naive")
class NaiveKitTest extends CuttlestoreKit {
    private static final Set<Capability> CAPABILITIES = EnumSet.of(
            Capability.CONDITIONAL,
            Capability.TTL,
            Capability.CHEAP_TOUCH,
            Capability.SCAN,
            Capability.EXACT_SCAN,
            Capability.ORDERED_SCAN,
            Capability.PREFIX_SEEK,
            Capability.SHARED,
            Capability.DURABLE,
            Capability.NO_EVICTION);

    private static final Set<Capability> OF_SCANS =
            EnumSet.of(Capability.EXACT_SCAN, Capability.ORDERED_SCAN, Capability.PREFIX_SEEK);

    private static final AtomicInteger STORES = new AtomicInteger();

    /** All but one capability, and but those that make no sense without it. */
    static Set<Capability> capabilitiesWithout(Optional<Capability> lacks) {
        Set<Capability> capabilities = EnumSet.copyOf(CAPABILITIES);
        lacks.ifPresent(capabilities::remove);
        if (!capabilities.contains(Capability.SCAN)) {
            capabilities.removeAll(OF_SCANS);
        }
        return capabilities;
    }

    @Override
    protected String freshStore() {
        return "naive://kit-" + STORES.incrementAndGet();
    }

    @Override
    protected Set<Capability> capabilities() {
        return capabilitiesWithout(Optional.empty());
    }

    @Override
    protected List<String> foreignKinds() {
        return List.of("garbage");
    }

    @Override
    protected void plantForeign(String connectionString, String storedKey, String kind) {
        NaiveProvider.plantForeign(connectionString.replaceAll("naive://|\\?.*", ""), storedKey);
    }
}
