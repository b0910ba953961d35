package io.cuttlestore.testkit;

import io.cuttlestore.Capability;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;

/** The in-memory backend with a bound that the kit stays below, so that nothing is evicted while it looks. */
@DisplayName("in-memory, max-entries")
class InMemoryBoundedKitTest extends InMemoryKitTest {
    @Override
    protected String freshStore() {
        return super.freshStore() + "?max-entries=1000000";
    }

    @Override
    protected Set<Capability> capabilities() {
        Set<Capability> capabilities = super.capabilities();
        capabilities.remove(Capability.NO_EVICTION);
        return capabilities;
    }
}
