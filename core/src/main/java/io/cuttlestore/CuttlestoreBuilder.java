package io.cuttlestore;

import io.cuttlestore.internal.ConnectionSettings;
import io.cuttlestore.internal.Connections;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Layer;
import io.cuttlestore.spi.Namespace;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * Sets up a connection. What the connection string says about the time limit and the sweep wins over what is set here,
 * since operators edit it; its namespace lies around the one set here. Not thread-safe.
 */
public final class CuttlestoreBuilder {
    private final Connections.Opener opener;
    private final ConnectionSettings settings = new ConnectionSettings();

    CuttlestoreBuilder(String connectionString) {
        this.opener = Connections.opener(Objects.requireNonNull(
                connectionString, "the connection string is null: is the setting that it comes from there?"));
    }

    CuttlestoreBuilder(Backend backend) {
        this.opener = Connections.opener(Objects.requireNonNull(backend));
    }

    /**
     * How often expired entries are removed, for backends that do not by themselves; 10 minutes unless set.
     *
     * @throws IllegalArgumentException if the duration is zero or negative
     */
    public CuttlestoreBuilder sweepEvery(Duration interval) {
        settings.sweepEvery = ConnectionSettings.positive("sweepEvery", interval);
        return this;
    }

    /**
     * Puts every view of the connection inside this namespace; may be called again to go deeper.
     *
     * @throws IllegalKeyException if the name is empty, too long or holds an unpaired surrogate
     */
    public CuttlestoreBuilder namespace(String name) {
        Namespace unused = Namespace.ROOT.child(Objects.requireNonNull(name, "a namespace must not be null"));
        settings.namespaces.add(name);
        return this;
    }

    /** Makes opening fail with {@link UnsupportedCapabilityException} where the chosen backend lacks one of these. */
    public CuttlestoreBuilder require(Capability... capabilities) {
        settings.required.addAll(List.of(capabilities));
        return this;
    }

    /**
     * Opens only what is there: a path at which there is no store is {@link InvalidConnectionStringException}, instead of
     * a new and empty store. For tools that read, where a path is more likely mistyped than new.
     */
    public CuttlestoreBuilder existing() {
        settings.mayCreate = false;
        return this;
    }

    /**
     * The time to live of entries put without options; never unless set.
     *
     * @throws IllegalArgumentException if the duration is zero or negative
     */
    public CuttlestoreBuilder defaultTtl(Duration ttl) {
        settings.defaultExpiry = Expiry.after(ttl);
        return this;
    }

    /**
     * The time limit of each trip to the store; 5 seconds unless set.
     *
     * @throws IllegalArgumentException if the duration is zero or negative
     */
    public CuttlestoreBuilder timeout(Duration timeout) {
        settings.timeout = ConnectionSettings.positive("timeout", timeout);
        return this;
    }

    /**
     * The clock by which entries expire, for tests. Opening fails with {@link UnsupportedCapabilityException} where the
     * server's clock decides, and where the backend is open already and so has its clock.
     */
    public CuttlestoreBuilder clock(InstantSource clock) {
        settings.clock = Objects.requireNonNull(clock);
        return this;
    }

    /** Where stages that depend on the futures of {@link Cuttlestore#async()} run; the common pool unless set. */
    public CuttlestoreBuilder executor(Executor executor) {
        settings.executor = Objects.requireNonNull(executor);
        return this;
    }

    /** Wraps the backend in a layer; the layer added last is the outermost. */
    public CuttlestoreBuilder layer(Layer layer) {
        settings.layers.add(Objects.requireNonNull(layer));
        return this;
    }

    /**
     * Opens the connection with one store, which owns it.
     *
     * @throws InvalidConnectionStringException if the string does not name a store
     * @throws UnsupportedCapabilityException if the backend lacks something that was asked for
     * @throws CuttlestoreException if the store can't be opened
     * @throws IllegalArgumentException if no codec is installed for the type
     */
    public <V> Cuttlestore<V> open(Class<V> type) {
        return open(TypeRef.of(type));
    }

    /** As {@link #open(Class)}, for a type with parameters. */
    public <V> Cuttlestore<V> open(TypeRef<V> type) {
        return Connections.openStore(opener, settings, connection -> connection.store(type));
    }

    /** As {@link #open(Class)}, with a codec of your own. */
    public <V> Cuttlestore<V> open(Codec<V> codec) {
        return Connections.openStore(opener, settings, connection -> connection.store(codec));
    }

    /**
     * Opens the connection.
     *
     * @throws InvalidConnectionStringException if the string does not name a store
     * @throws UnsupportedCapabilityException if the backend lacks something that was asked for
     * @throws CuttlestoreException if the store can't be opened
     */
    public CuttlestoreConnection connect() {
        return Connections.connect(opener, settings);
    }
}
