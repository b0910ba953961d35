package io.cuttlestore.postgres;

import io.cuttlestore.Capability;
import io.cuttlestore.testkit.CuttlestoreKit;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;

@DisplayName("postgres")
class PostgresKitTest extends CuttlestoreKit {
    @Override
    protected String freshStore() {
        return PostgresServers.fresh();
    }

    @Override
    protected Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.SURVIVES_FAILOVER));
    }
}
