package io.cuttlestore.reliability.soak;

import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.spi.Layer;
import io.cuttlestore.testkit.FaultPlan;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/** A store with faults that is closed and opened again now and then, between calls. Thread-safe. */
final class LivingStore implements AutoCloseable {
    private static final Duration SWEEP_EVERY = Duration.ofMillis(500);
    private static final int ONE_FAULT_IN = 50;

    private final String connectionString;
    private final Layer planted;
    private final ReadWriteLock openness = new ReentrantReadWriteLock(true);
    private final AtomicLong reopenings = new AtomicLong();
    private final FaultPlan faults;
    private CuttlestoreConnection connection;
    private Cuttlestore<String> store;

    /**
     * Opens it.
     *
     * @param planted a layer for tests
     */
    LivingStore(String connectionString, long seed, Layer planted) {
        this.connectionString = connectionString;
        this.planted = planted;
        this.faults = new FaultPlan().randomly(seed, ONE_FAULT_IN);
        this.connection = open();
        this.store = connection.store(String.class);
    }

    private CuttlestoreConnection open() {
        return Cuttlestore.builder(connectionString)
                .sweepEvery(SWEEP_EVERY)
                .layer(planted)
                .layer(faults)
                .connect();
    }

    /** Lets a call go to the store. */
    <R> R call(Function<Cuttlestore<String>, R> call) {
        openness.readLock().lock();
        try {
            return call.apply(store);
        } finally {
            openness.readLock().unlock();
        }
    }

    /** Closes and opens it, if it keeps what it holds. */
    void reopen() {
        if (!connection.capabilities().supports(Capability.DURABLE)) {
            return;
        }
        openness.writeLock().lock();
        try {
            connection.close();
            connection = open();
            store = connection.store(String.class);
            reopenings.incrementAndGet();
        } finally {
            openness.writeLock().unlock();
        }
    }

    /** From now on nothing goes wrong. */
    void calm() {
        faults.calm();
    }

    long reopenings() {
        return reopenings.get();
    }

    long faults() {
        return faults.injected();
    }

    @Override
    public void close() {
        connection.close();
    }
}
