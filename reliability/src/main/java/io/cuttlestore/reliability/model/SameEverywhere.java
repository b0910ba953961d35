package io.cuttlestore.reliability.model;

import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Stores;
import io.cuttlestore.reliability.Trial;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Carries out the same operations on every backend with every set of options; what comes of them must be the same. */
final class SameEverywhere implements Trial.Session {
    private static final int OPERATIONS = 400;
    private static final Map<String, List<String>> OPTIONS = Map.of(
            "in-memory", List.of("", "namespace=x"),
            "filesystem", List.of("", "durability=power", "namespace=x"),
            "sqlite", List.of("", "durability=power", "readers=1", "namespace=x"),
            "redis", List.of(""));

    private final Site site;
    private final Map<String, Stores> stores = new LinkedHashMap<>();

    SameEverywhere(Site site) {
        this.site = site;
        Stores.BACKENDS.forEach(backend -> stores.put(backend, Stores.of(backend, site)));
    }

    @Override
    public void attempt(long seed) {
        List<String> expected = new ArrayList<>();
        stores.forEach((backend, fresh) -> {
            for (String options : OPTIONS.getOrDefault(backend, List.of())) {
                String connectionString = fresh.fresh(options);
                try (CuttlestoreConnection connection = CuttlestoreConnection.open(connectionString)) {
                    List<String> found = Chronicle.of(connection, seed, OPERATIONS);
                    if (expected.isEmpty()) {
                        expected.addAll(found);
                    }
                    requireSame(connectionString, expected, found);
                    connection.eraseAll();
                }
            }
        });
        site.tally()
                .count(
                        "operations that failed, alike",
                        expected.stream()
                                .filter(line -> line.endsWith("Exception"))
                                .count());
    }

    private static void requireSame(String store, List<String> expected, List<String> found) {
        for (int i = 0; i < OPERATIONS; i++) {
            if (!found.get(i).equals(expected.get(i))) {
                throw new AssertionError("operation " + i + " differs.\nin memory: " + expected.get(i) + "\n" + store
                        + ": " + found.get(i));
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Stores each : stores.values()) {
            each.close();
        }
    }
}
