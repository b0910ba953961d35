package io.cuttlestore.reliability;

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

/** Puts a layer directly around a backend, behind what the core puts in front of it, such as shared trips. */
public final class InnerLayer {
    private static final Option<String> NAMESPACE = Option.text("namespace", "a namespace around everything");

    private InnerLayer() {}

    /** Opens the backend of a connection string, wraps it, and begins to set up a connection to it. */
    public static CuttlestoreBuilder around(String connectionString, Layer layer) {
        ConnectionString parsed = ConnectionString.parse(connectionString);
        BackendProvider provider = provider(parsed.scheme());
        List<Option<?>> options = new ArrayList<>(provider.options());
        options.add(NAMESPACE);
        ConnectionString string = parsed.withOptions(options);
        Backend backend = provider.open(string, new Context());
        CuttlestoreBuilder builder = Cuttlestore.builder(layer.wrap(backend));
        string.option(NAMESPACE).ifPresent(builder::namespace);
        return builder;
    }

    private static BackendProvider provider(String scheme) {
        for (BackendProvider provider : ServiceLoader.load(BackendProvider.class)) {
            if (provider.schemes().contains(scheme)) {
                return provider;
            }
        }
        throw new IllegalArgumentException("no backend for " + scheme);
    }

    private record Context() implements OpenContext {
        @Override
        public Duration timeout() {
            return Duration.ofSeconds(5);
        }

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
