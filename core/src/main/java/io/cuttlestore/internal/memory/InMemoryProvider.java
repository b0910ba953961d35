package io.cuttlestore.internal.memory;

import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendProvider;
import io.cuttlestore.spi.ConnectionString;
import io.cuttlestore.spi.OpenContext;
import io.cuttlestore.spi.Option;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Opens {@code in-memory}, private to its connection, and {@code in-memory://NAME}, shared within this process until
 * its last connection is closed.
 */
public final class InMemoryProvider implements BackendProvider {
    private static final Option<Integer> MAX_ENTRIES = Option.integer(
            "max-entries", 1, Integer.MAX_VALUE, "the number of entries above which those little used are evicted");
    private static final Option<Copy> COPY =
            Option.choice("copy", Copy.class, "which values are kept as bytes: 'mutable' ones only, or 'always' all");

    private static final AtomicLong PRIVATE_STORES = new AtomicLong();
    private static final Map<String, NamedStore> NAMED_STORES = new HashMap<>();

    enum Copy {
        MUTABLE,
        ALWAYS
    }

    /** The options that all connections to a named store must agree on. */
    private record Settings(int maxEntries, Copy copy) {}

    private static final class NamedStore {
        final Settings settings;
        final Segments segments;
        int connections;

        NamedStore(Settings settings, Segments segments) {
            this.settings = settings;
            this.segments = segments;
        }
    }

    @Override
    public String name() {
        return "in-memory";
    }

    @Override
    public List<String> schemes() {
        return List.of("in-memory");
    }

    @Override
    public List<Option<?>> options() {
        return List.of(MAX_ENTRIES, COPY);
    }

    @Override
    public Backend open(ConnectionString string, OpenContext context) {
        Settings settings = new Settings(
                string.option(MAX_ENTRIES).orElse(Segments.UNBOUNDED),
                string.option(COPY).orElse(Copy.MUTABLE));
        String name = string.place();
        if (name.isEmpty()) {
            String location = "in-memory#" + PRIVATE_STORES.incrementAndGet();
            return backend(location, settings, newSegments(settings, context), () -> {});
        }
        NamedStore store = join(name, settings, context);
        return backend("in-memory://" + name, settings, store.segments, () -> leave(name));
    }

    private static Backend backend(String location, Settings settings, Segments segments, Runnable onClose) {
        return new InMemoryBackend(location, segments, settings.copy == Copy.MUTABLE, onClose);
    }

    private static Segments newSegments(Settings settings, OpenContext context) {
        return new Segments(settings.maxEntries, context.monotonicClock());
    }

    private static NamedStore join(String name, Settings settings, OpenContext context) {
        synchronized (NAMED_STORES) {
            NamedStore store = NAMED_STORES.computeIfAbsent(
                    name, absent -> new NamedStore(settings, newSegments(settings, context)));
            if (!store.settings.equals(settings)) {
                throw new InvalidConnectionStringException(
                        "in-memory://" + name + " is open in this process with other options; give the same ones");
            }
            store.connections++;
            return store;
        }
    }

    private static void leave(String name) {
        synchronized (NAMED_STORES) {
            NamedStore store = NAMED_STORES.get(name);
            if (store != null && --store.connections == 0) {
                NAMED_STORES.remove(name);
            }
        }
    }
}
