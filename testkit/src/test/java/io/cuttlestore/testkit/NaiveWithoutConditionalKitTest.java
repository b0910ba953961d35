package io.cuttlestore.testkit;

import io.cuttlestore.Capability;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;

/** A backend without conditional writes passes too: the kit then checks that each of them is refused. */
@DisplayName("naive, lacks=conditional")
class NaiveWithoutConditionalKitTest extends NaiveKitTest {
    @Override
    protected String freshStore() {
        return super.freshStore() + "?lacks=conditional";
    }

    @Override
    protected Set<Capability> capabilities() {
        return capabilitiesWithout(Optional.of(Capability.CONDITIONAL));
    }
}
