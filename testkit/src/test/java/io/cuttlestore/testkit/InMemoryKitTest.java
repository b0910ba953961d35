package io.cuttlestore.testkit;

import io.cuttlestore.Capability;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;

@DisplayName("in-memory")
class InMemoryKitTest extends CuttlestoreKit {
    private static final AtomicInteger STORES = new AtomicInteger();

    @Override
    protected String freshStore() {
        return "in-memory://kit-" + STORES.incrementAndGet();
    }

    @Override
    protected Set<Capability> capabilities() {
        return EnumSet.of(
                Capability.CONDITIONAL,
                Capability.TTL,
                Capability.CHEAP_TOUCH,
                Capability.SCAN,
                Capability.EXACT_SCAN,
                Capability.NO_EVICTION);
    }
}
