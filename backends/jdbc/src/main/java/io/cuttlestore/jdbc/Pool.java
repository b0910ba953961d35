package io.cuttlestore.jdbc;

import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.spi.Deadline;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections to the server: a bounded number, each lent to one call at a time, the last used first. Waiting for one
 * ends with the call's deadline, an interrupt, or the pool. Thread-safe.
 */
final class Pool implements AutoCloseable {
    /** How long a connection may lie idle before it is asked whether it still lives. */
    private static final Duration TRUSTED = Duration.ofSeconds(1);

    /** How long saying goodbye to the server may take. */
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final Database database;
    private final Settings settings;
    private final Semaphore permits;
    private final ConcurrentLinkedDeque<Pooled> idle = new ConcurrentLinkedDeque<>();
    private final Set<Pooled> lent = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Pool(Database database, Settings settings) {
        this.database = database;
        this.settings = settings;
        this.permits = new Semaphore(settings.poolSize());
    }

    /** A connection, and since when it is idle by {@link System#nanoTime}. */
    private record Pooled(Connection connection, long idleSince) {
        void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                System.getLogger(Pool.class.getName()).log(Level.DEBUG, "closing a connection failed", e);
            }
        }

        void abort() {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                System.getLogger(Pool.class.getName()).log(Level.DEBUG, "ending a connection failed", e);
            }
        }
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
        acquire(deadline);
        try {
            Pooled pooled = idleOrNew(deadline);
            lent.add(pooled);
            boolean isSound = false;
            try {
                R result = DeadlineSockets.within(deadline, () -> work.on(pooled.connection()));
                isSound = true;
                return result;
            } catch (SQLException e) {
                isSound = !database.failures().isLost(e);
                if (!isSound && !deadline.hasPassed()) {
                    discardIdle(); // they have its fate
                }
                throw e;
            } finally {
                giveBack(pooled, isSound);
            }
        } finally {
            permits.release();
        }
    }

    private void acquire(Deadline deadline) {
        if (deadline.hasPassed()) {
            throw new StoreTimeoutException("nothing was sent to " + settings.address() + ", since "
                    + deadline.timeout() + " had passed before its turn");
        }
        try {
            if (!permits.tryAcquire() && !permits.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoreTimeoutException("all " + settings.poolSize() + " connections to " + settings.address()
                        + " were busy for " + deadline.timeout() + "; pool-size allows for more");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreInterruptedException(
                    "interrupted while waiting for a connection to " + settings.address(), e);
        }
        if (closed) {
            permits.release();
            throw new IllegalStateException("the connection to " + settings.address() + " is closed");
        }
    }

    private Pooled idleOrNew(Deadline deadline) {
        for (Pooled last = idle.pollFirst(); last != null; last = idle.pollFirst()) {
            if (System.nanoTime() - last.idleSince() < TRUSTED.toNanos() || lives(last, deadline)) {
                return last;
            }
            goodbye(last::close);
            discardIdle(); // they have its fate
        }
        return connect(deadline);
    }

    /** Asks for no longer than making another one may take, so that there is time for that. */
    private boolean lives(Pooled pooled, Deadline deadline) {
        try {
            Deadline sooner = sooner(deadline);
            int seconds = Math.max(1, sooner.remainingMillis() / 1_000);
            return DeadlineSockets.within(sooner, () -> pooled.connection().isValid(seconds));
        } catch (SQLException e) {
            return false;
        }
    }

    private Deadline sooner(Deadline deadline) {
        Duration allowed = settings.connectTimeout();
        return deadline.remainingNanos() < allowed.toNanos() ? deadline : Deadline.after(allowed);
    }

    private Pooled connect(Deadline deadline) {
        try {
            return new Pooled(DeadlineSockets.within(sooner(deadline), database::connect), System.nanoTime());
        } catch (SQLException e) {
            throw database.failures().connecting(settings.address(), deadline, e);
        }
    }

    private void giveBack(Pooled pooled, boolean isSound) {
        lent.remove(pooled);
        if (isSound) {
            idle.addFirst(new Pooled(pooled.connection(), System.nanoTime()));
        } else {
            goodbye(pooled::close);
        }
        if (closed) {
            discardIdle();
        }
    }

    private void discardIdle() {
        for (Pooled pooled = idle.pollFirst(); pooled != null; pooled = idle.pollFirst()) {
            goodbye(pooled::close);
        }
    }

    private static void goodbye(Runnable farewell) {
        DeadlineSockets.within(Deadline.after(GOODBYE), () -> {
            farewell.run();
            return true;
        });
    }

    /** Ends all connections. Calls that use one, or wait for one, fail. */
    @Override
    public void close() {
        closed = true;
        permits.release(Short.MAX_VALUE); // so that nobody waits any more
        discardIdle();
        goodbye(() -> lent.forEach(Pooled::abort));
    }
}
