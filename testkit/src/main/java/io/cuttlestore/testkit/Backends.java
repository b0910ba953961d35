package io.cuttlestore.testkit;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreBuilder;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendProvider;
import io.cuttlestore.spi.ConnectionString;
import io.cuttlestore.spi.Layer;
import io.cuttlestore.spi.OpenContext;
import io.cuttlestore.spi.Option;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Opens backends by themselves, without what the core puts in front of them, such as shared trips. */
public final class Backends {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Option<String> NAMESPACE = Option.text("namespace", "a namespace around everything");

    private Backends() {}

    /**
     * Opens the backend that a connection string names.
     *
     * @param timeout the time that opening may take
     * @throws io.cuttlestore.InvalidConnectionStringException if it has options that are not the backend's own
     * @throws io.cuttlestore.CuttlestoreException if the store can't be opened
     */
    public static Backend open(String connectionString, Duration timeout) {
        ConnectionString parsed = ConnectionString.parse(connectionString);
        BackendProvider provider = provider(parsed);
        return provider.open(parsed.withOptions(provider.options()), new Context(timeout));
    }

    /**
     * Opens the backend that a connection string names, puts a layer directly around it, where a builder's layers would not
     * be, and begins to set up a connection to that. Beside the backend's own options {@code namespace} is known.
     */
    public static CuttlestoreBuilder wrapped(String connectionString, Layer layer) {
        ConnectionString parsed = ConnectionString.parse(connectionString);
        BackendProvider provider = provider(parsed);
        List<Option<?>> options = new ArrayList<>(provider.options());
        options.add(NAMESPACE);
        ConnectionString string = parsed.withOptions(options);
        CuttlestoreBuilder builder = Cuttlestore.builder(layer.wrap(provider.open(string, new Context(TIMEOUT))));
        string.option(NAMESPACE).ifPresent(builder::namespace);
        return builder;
    }

    private static BackendProvider provider(ConnectionString string) {
        for (BackendProvider provider : ServiceLoader.load(BackendProvider.class)) {
            if (provider.schemes().contains(string.scheme())) {
                return provider;
            }
        }
        throw new IllegalArgumentException("no backend is installed for the scheme '" + string.scheme() + "'");
    }

    private record Context(Duration timeout) implements OpenContext {
        @Override
        public boolean mayCreate() {
            return true;
        }

        @Override
        public InstantSource clientClock() {
            return InstantSource.system();
        }

        @Override
        public InstantSource monotonicClock() {
            return InstantSource.system();
        }
    }
}
