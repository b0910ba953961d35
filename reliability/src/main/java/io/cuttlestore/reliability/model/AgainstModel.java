package io.cuttlestore.reliability.model;

import io.cuttlestore.Capabilities;
import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreBuilder;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.reliability.Stores;
import io.cuttlestore.reliability.Trial;
import io.cuttlestore.spi.Layer;
import io.cuttlestore.testkit.FakeClock;
import io.cuttlestore.testkit.ModelSubject;
import io.cuttlestore.testkit.RandomSequences;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Random operations on a store, compared with a map. All attempts use one store, each when it is empty again. */
final class AgainstModel implements Trial.Session, ModelSubject {
    /** Sequences of up to so many, 500 on average. */
    private static final int MOST_STEPS = 1_000;

    private final Stores stores;
    private final Layer planted;
    private final String connectionString;
    private final FakeClock clock = FakeClock.at(Instant.parse("2030-01-01T00:00:00Z"));
    private final RandomSequences sequences = new RandomSequences(this);
    private CuttlestoreConnection connection;

    AgainstModel(Stores stores) {
        this(stores, backend -> backend);
    }

    /**
     * Opens it.
     *
     * @param planted a layer for tests
     */
    AgainstModel(Stores stores, Layer planted) {
        this.stores = stores;
        this.planted = planted;
        this.connectionString = stores.fresh();
        this.connection = open();
    }

    private CuttlestoreConnection open() {
        CuttlestoreBuilder builder = Cuttlestore.builder(connectionString).layer(planted);
        return (stores.takeAClock() ? builder.clock(clock) : builder).connect();
    }

    @Override
    public void attempt(long seed) {
        sequences.check(seed, 1, MOST_STEPS);
        connection.eraseAll();
    }

    @Override
    public Cuttlestore<String> view(String namespace) {
        return connection.store(namespace, String.class);
    }

    @Override
    public void reopen() {
        if (connection.capabilities().supports(Capability.DURABLE)) {
            connection.close();
            connection = open();
        }
    }

    @Override
    public Capabilities capabilities() {
        return connection.capabilities();
    }

    @Override
    public Optional<FakeClock> clock() {
        return stores.takeAClock() ? Optional.of(clock) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        connection.close();
        stores.close();
    }
}
