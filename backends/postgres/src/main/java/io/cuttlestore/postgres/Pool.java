package io.cuttlestore.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.spi.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The connections to the server: a bounded number, each lent to one call at a time. Thread-safe. */
final class Pool implements AutoCloseable {
    /** How long somebody who waits for a connection may not notice that there will be none any more. */
    private static final long UNAWARE_MILLIS = 100;

    private final String address;
    private final int size;
    private final Source source;
    private final HikariPool connections;
    private volatile boolean closed;

    /** A pool of what the source makes. */
    Pool(Settings settings, Source source) {
        this.address = settings.address();
        this.size = settings.poolSize();
        this.source = source;
        HikariConfig config = new HikariConfig();
        config.setPoolName("cuttlestore-postgres");
        config.setDataSource(source);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setKeepaliveTime(0);
        config.setInitializationFailTimeout(-1);
        config.validate();
        this.connections = new HikariPool(config);
        source.awaitedIf(() -> !closed && connections.getThreadsAwaitingConnection() > 0);
    }

    /**
     * Something that is done with a connection.
     *
     * @param <R> its result
     */
    @FunctionalInterface
    interface Work<R extends @Nullable Object> {
        R on(Connection connection) throws SQLException;
    }

    /**
     * Does something with a connection, by the deadline.
     *
     * @throws SQLException that of the work
     * @throws CuttlestoreException if there is no connection in time; nothing has been sent then
     */
    <R extends @Nullable Object> R lend(Deadline deadline, Work<R> work) throws SQLException {
        return DeadlineSockets.within(deadline, () -> {
            try (Connection connection = borrow(deadline)) {
                return work.on(connection);
            } catch (SQLException e) {
                if (PostgresFailures.isLost(e) && !deadline.hasPassed()) {
                    connections.softEvictConnections(); // they have its fate
                }
                throw e;
            }
        });
    }

    private Connection borrow(Deadline deadline) {
        if (deadline.hasPassed()) {
            throw new StoreTimeoutException(
                    "nothing was sent to " + address + ", since " + deadline.timeout() + " had passed before its turn");
        }
        while (!closed) {
            try {
                return connections.getConnection(Math.min(deadline.remainingMillis(), UNAWARE_MILLIS));
            } catch (SQLException e) {
                if (deadline.hasPassed() || e.getCause() instanceof InterruptedException) {
                    throw unavailable(deadline, e);
                }
            }
        }
        throw new IllegalStateException("the connection to " + address + " is closed");
    }

    private CuttlestoreException unavailable(Deadline deadline, SQLException e) {
        if (e.getCause() instanceof InterruptedException) {
            return new StoreInterruptedException("interrupted while waiting for a connection to " + address, e);
        }
        SQLException failure = source.failure();
        if (failure != null) {
            return PostgresFailures.connecting(address, deadline, failure);
        }
        String why = connections.getActiveConnections() < size
                ? "no connection to " + address + " answered within " + deadline.timeout()
                : "all " + size + " connections to " + address + " were busy for " + deadline.timeout()
                        + "; pool-size allows for more";
        return new StoreTimeoutException(why, e);
    }

    /** Ends all connections. Calls that use one fail. */
    @Override
    public void close() {
        closed = true;
        try {
            connections.shutdown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
