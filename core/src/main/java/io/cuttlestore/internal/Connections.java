package io.cuttlestore.internal;

import io.cuttlestore.ClockSource;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.UnsupportedCapabilityException;
import io.cuttlestore.internal.batch.Batcher;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendProvider;
import io.cuttlestore.spi.ConnectionString;
import io.cuttlestore.spi.Layer;
import io.cuttlestore.spi.Namespace;
import io.cuttlestore.spi.OpenContext;
import io.cuttlestore.spi.Option;
import io.cuttlestore.spi.Suggestion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.Function;

/** Opens connections: finds the provider, reads the options, puts the layers on. */
public final class Connections {
    private static final Option<String> NAMESPACE = Option.text("namespace", "a namespace around everything");
    private static final Option<Duration> SWEEP_EVERY =
            Option.duration("sweep-every", "how often the expired are removed");
    private static final Option<Duration> TIMEOUT =
            Option.duration("timeout", "the time limit of each trip to the store");
    private static final Option<String> CODEC = Option.text("codec", "the format of records, classes and collections");
    private static final int MOST_LEADERS = 8;
    private static final List<Option<?>> COMMON = List.of(NAMESPACE, SWEEP_EVERY, TIMEOUT, CODEC);

    private static final Map<String, String> ARTIFACTS = Map.ofEntries(
            Map.entry("filesystem", "cuttlestore-filesystem"),
            Map.entry("sqlite", "cuttlestore-sqlite"),
            Map.entry("redis", "cuttlestore-redis"),
            Map.entry("rediss", "cuttlestore-redis"),
            Map.entry("redis+cluster", "cuttlestore-redis"),
            Map.entry("rediss+cluster", "cuttlestore-redis"),
            Map.entry("redis+sentinel", "cuttlestore-redis"),
            Map.entry("rediss+sentinel", "cuttlestore-redis"),
            Map.entry("postgres", "cuttlestore-postgres"),
            Map.entry("postgresql", "cuttlestore-postgres"),
            Map.entry("mysql", "cuttlestore-mysql"),
            Map.entry("mariadb", "cuttlestore-mysql"),
            Map.entry("rocksdb", "cuttlestore-rocksdb"));

    private Connections() {}

    /** A way to a backend that is not open yet. */
    public interface Opener {
        Connection open(ConnectionSettings settings);
    }

    /** The way to the backend that a connection string names. */
    public static Opener opener(String connectionString) {
        return settings -> {
            ConnectionString parsed = ConnectionString.parse(connectionString);
            BackendProvider provider = provider(parsed.scheme());
            List<Option<?>> options = new ArrayList<>(COMMON);
            options.addAll(provider.options());
            return open(provider, parsed.withOptions(options), settings);
        };
    }

    /** The way to a backend that is open already. */
    public static Opener opener(Backend backend) {
        return settings -> {
            if (settings.clock != null) {
                throw new UnsupportedCapabilityException(
                        backend.location() + " is open already and keeps its clock; set a clock where it is opened");
            }
            return connect(
                    backend,
                    settings,
                    base(Namespace.ROOT, settings),
                    settings.timeout,
                    settings.sweepEvery,
                    ValueCodecs.DEFAULT_FORMAT);
        };
    }

    /** Opens a connection. */
    public static CuttlestoreConnection connect(Opener opener, ConnectionSettings settings) {
        return opener.open(settings);
    }

    /** Opens a connection with one store that owns it. */
    public static <V> Cuttlestore<V> openStore(
            Opener opener, ConnectionSettings settings, Function<CuttlestoreConnection, Cuttlestore<V>> view) {
        Connection connection = opener.open(settings);
        try {
            return ((Store<V>) view.apply(connection)).owningConnection();
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private static BackendProvider provider(String scheme) {
        return Services.backend(provider -> provider.schemes().contains(scheme)).orElseThrow(() -> noBackend(scheme));
    }

    private static InvalidConnectionStringException noBackend(String scheme) {
        TreeSet<String> installed = new TreeSet<>();
        Services.backends().forEach(provider -> installed.addAll(provider.schemes()));
        String artifact = ARTIFACTS.get(scheme);
        String remedy = artifact == null
                ? Suggestion.didYouMean(scheme, List.copyOf(installed))
                : "; add the artifact io.cuttlestore:" + artifact;
        return new InvalidConnectionStringException("no backend is installed for the scheme '" + scheme + "'" + remedy
                + "; installed are " + String.join(", ", installed));
    }

    private static Connection open(BackendProvider provider, ConnectionString string, ConnectionSettings settings) {
        Namespace outer = string.option(NAMESPACE).map(Namespace.ROOT::child).orElse(Namespace.ROOT);
        Namespace base = base(outer, settings);
        Duration timeout = string.option(TIMEOUT).orElse(settings.timeout);
        Duration sweepEvery = string.option(SWEEP_EVERY).orElse(settings.sweepEvery);
        String format = string.option(CODEC).map(ValueCodecs::installedFormat).orElse(ValueCodecs.DEFAULT_FORMAT);
        Backend backend;
        try {
            backend = provider.open(string, new Context(timeout, settings));
        } catch (CuttlestoreException | IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new StoreFailedException("opening " + string + " failed unexpectedly", e);
        } catch (NoClassDefFoundError e) {
            throw new StoreFailedException(
                    "the " + provider.name() + " backend lacks a library that it needs (" + e.getMessage()
                            + "); add its driver, which its artifact brings unless it was excluded",
                    e);
        }
        return connect(backend, settings, base, timeout, sweepEvery, format);
    }

    private static Namespace base(Namespace outer, ConnectionSettings settings) {
        Namespace base = outer;
        for (String name : settings.namespaces) {
            base = base.child(name);
        }
        return base;
    }

    private static Connection connect(
            Backend opened,
            ConnectionSettings settings,
            Namespace base,
            Duration timeout,
            Duration sweepEvery,
            String format) {
        ThreadPoolExecutor leaders = DaemonThreads.pool("cuttlestore-leader", MOST_LEADERS, Integer.MAX_VALUE);
        Backend backend = Batcher.before(opened, leaders);
        try {
            for (Layer layer : settings.layers) {
                backend = Objects.requireNonNull(layer.wrap(backend), "a layer returned null");
            }
            settings.required.forEach(backend.capabilities()::require);
            if (settings.clock != null && backend.capabilities().traits().clock() == ClockSource.SERVER) {
                throw new UnsupportedCapabilityException("the server's clock decides when entries of "
                        + backend.location() + " expire; a clock of your own can't be set");
            }
            return new Connection(backend, leaders, settings, base, timeout, sweepEvery, format);
        } catch (RuntimeException e) {
            backend.close();
            throw e;
        }
    }

    private record Context(Duration timeout, boolean mayCreate, InstantSource clientClock, InstantSource monotonicClock)
            implements OpenContext {
        Context(Duration timeout, ConnectionSettings settings) {
            this(
                    timeout,
                    settings.mayCreate,
                    settings.clock == null ? Clocks.SYSTEM : Clocks.neverBackwards(settings.clock),
                    settings.clock == null ? Clocks.MONOTONIC : Clocks.neverBackwards(settings.clock));
        }
    }
}
