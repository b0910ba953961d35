package io.cuttlestore.examples.guide;

import io.cuttlestore.Capabilities;
import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.Durability;

final class ChoosingABackend {
    private ChoosingABackend() {}

    static boolean openIfFit(String connectionString) {
        // @start region="require"
        CuttlestoreConnection connection = Cuttlestore.builder(connectionString)
                .require(Capability.CONDITIONAL, Capability.TTL, Capability.NO_EVICTION)
                .connect();
        // @end
        try (connection) {
            // @start region="ask"
            Capabilities capabilities = connection.capabilities();
            boolean otherProcessesMayJoin = capabilities.supports(Capability.SHARED);
            boolean survivesKill = capabilities.traits().durability() != Durability.NONE;
            long largest = capabilities.limits().maxValueBytes();
            // @end
            return otherProcessesMayJoin && survivesKill && largest >= 256 * 1024;
        }
    }
}
