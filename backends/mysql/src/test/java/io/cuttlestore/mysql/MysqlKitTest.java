package io.cuttlestore.mysql;

import io.cuttlestore.Capability;
import io.cuttlestore.testkit.CuttlestoreKit;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;

@DisplayName("mysql")
class MysqlKitTest extends CuttlestoreKit {
    @Override
    protected String freshStore() {
        return MysqlServers.fresh();
    }

    @Override
    protected Set<Capability> capabilities() {
        return EnumSet.complementOf(EnumSet.of(Capability.SURVIVES_FAILOVER));
    }
}
