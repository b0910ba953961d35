package io.cuttlestore.examples.guide;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.ScanOptions;
import java.util.List;
import java.util.stream.Stream;

final class Namespaces {
    private Namespaces() {}

    static List<String> storedKeys(CuttlestoreConnection connection) {
        // @start region="views"
        Cuttlestore<String> users = connection.store("users", String.class);
        Cuttlestore<String> sessions = connection.store("sessions", String.class);
        users.put("7", "alice");
        sessions.put("7", "alice is here");
        // @end
        // @start region="root"
        Cuttlestore<String> everything = connection.store(String.class);
        List<String> storedKeys;
        try (Stream<String> keys = everything.keys(ScanOptions.all())) {
            storedKeys = keys.sorted().toList();
        }
        // @end
        // @start region="clear"
        sessions.clear();
        // @end
        return storedKeys;
    }

    static CuttlestoreConnection forTenant(String connectionString) {
        // @start region="base"
        CuttlestoreConnection tenant = Cuttlestore.builder(connectionString)
                .namespace("shop")
                .namespace("tenant-42")
                .connect();
        Cuttlestore<String> users = tenant.store("users", String.class);
        // @end
        users.put("7", "alice");
        return tenant;
    }
}
