package io.cuttlestore.testkit;

import io.cuttlestore.Capability;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendProvider;
import io.cuttlestore.spi.ConnectionString;
import io.cuttlestore.spi.OpenContext;
import io.cuttlestore.spi.Option;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens {@code naive://NAME?fault=...&lacks=...&crowded=...}: a store that outlives its connections and may be open many times, so
 * that the kit's tests of durable and shared stores have something to bite on without a file or a server.
 */
public final class NaiveProvider implements BackendProvider {
    private static final Option<Fault> FAULT = Option.choice("fault", Fault.class, "how the contract is broken");
    private static final Option<Capability> LACKS =
            Option.choice("lacks", Capability.class, "a capability that is not declared");

    private static final Option<Boolean> CROWDED = Option.flag("crowded", "whether trips take time and are shared");

    private static final Map<String, NaiveBackend.Shelf> SHELVES = new ConcurrentHashMap<>();

    @Override
    public String name() {
        return "naive";
    }

    @Override
    public List<String> schemes() {
        return List.of("naive");
    }

    @Override
    public List<Option<?>> options() {
        return List.of(FAULT, LACKS, CROWDED);
    }

    @Override
    public Backend open(ConnectionString string, OpenContext context) {
        String name = string.place();
        Fault fault = string.option(FAULT).orElse(Fault.NOTHING);
        Optional<Capability> lacks = string.option(LACKS);
        NaiveBackend.Shelf shelf = shelf(name, fault);
        Backend backend = new NaiveBackend(name, shelf, fault, lacks, context.clientClock());
        return string.option(CROWDED).orElse(false) ? new CrowdedBackend(backend) : backend;
    }

    private static NaiveBackend.Shelf shelf(String name, Fault fault) {
        return SHELVES.computeIfAbsent(name, absent -> new NaiveBackend.Shelf(fault));
    }

    /** Puts something under a stored key that is no entry. */
    static void plantForeign(String name, String storedKey) {
        shelf(name, Fault.NOTHING).plantForeign(storedKey);
    }

    /** Forgets all stores. */
    static void forgetAll() {
        SHELVES.clear();
    }
}
