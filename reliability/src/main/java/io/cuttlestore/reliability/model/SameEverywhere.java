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

    private final Site site;
    private final Map<String, Stores> stores = new LinkedHashMap<>();

    SameEverywhere(Site site) {
        this.site = site;
        Stores.BACKENDS.forEach(backend -> stores.put(backend, Stores.of(backend, site)));
    }

    /** All that leave what a store does as it is. */
    private static List<String> options(String backend) {
        return switch (backend) {
            case "in-memory" -> List.of("", "sweep-every=5ms", "namespace=x", "copy=always");
            case "filesystem" -> List.of("", "sweep-every=5ms", "namespace=x", "durability=power");
            case "sqlite" -> List.of("", "sweep-every=5ms", "namespace=x", "durability=power", "readers=1");
            case "redis" -> List.of("", "pool-size=1"); // is in a namespace, and sweeps nothing
            case "postgres" -> List.of("", "sweep-every=5ms", "namespace=x", "pool-size=1");
            default -> throw new IllegalArgumentException("no backend " + backend);
        };
    }

    @Override
    public void attempt(long seed) {
        List<String> expected = new ArrayList<>();
        stores.forEach((backend, fresh) -> {
            for (String options : options(backend)) {
                String connectionString = fresh.fresh(options);
                try (CuttlestoreConnection connection = CuttlestoreConnection.open(connectionString)) {
                    List<String> found = Chronicle.of(connection, seed, OPERATIONS);
                    if (expected.isEmpty()) {
                        expected.addAll(found);
                    }
                    requireSame(expected, found, connectionString);
                    connection.eraseAll();
                }
            }
        });
        long failed =
                expected.stream().filter(line -> line.endsWith("Exception")).count();
        site.tally().count("operations that failed, alike", failed);
    }

    /**
     * Requires that the same came of operations as in memory.
     *
     * @throws AssertionError if not; the first operation of which something else came
     */
    static void requireSame(List<String> expected, List<String> found, String store) {
        for (int i = 0; i < expected.size(); i++) {
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
