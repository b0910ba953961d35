package io.cuttlestore.redis;

import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.spi.Deadline;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The connections to one server: a bounded number, the last used first. Waiting for one ends with the call's deadline or
 * an interrupt. Thread-safe.
 */
final class NodePool implements AutoCloseable {
    /** How long a connection may lie idle before it is asked whether it still lives. */
    private static final Duration TRUSTED = Duration.ofSeconds(1);

    private final HostAndPort address;
    private final Connector connector;
    private final int size;
    private final Semaphore permits;
    private final ConcurrentLinkedDeque<RedisConnection> idle = new ConcurrentLinkedDeque<>();
    private final Set<RedisConnection> lent = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    NodePool(HostAndPort address, Connector connector, int size) {
        this.address = address;
        this.connector = connector;
        this.size = size;
        this.permits = new Semaphore(size);
    }

    HostAndPort address() {
        return address;
    }

    /**
     * Lends a connection that is alive, as far as can be known.
     *
     * @throws io.cuttlestore.CuttlestoreException if there is none in time; nothing has been sent then
     */
    RedisConnection borrow(Deadline deadline) {
        acquire(deadline);
        RedisConnection connection = null;
        try {
            connection = idleOrNew(deadline);
            lent.add(connection);
            return connection;
        } finally {
            if (connection == null) {
                permits.release();
            }
        }
    }

    private void acquire(Deadline deadline) {
        if (deadline.hasPassed()) {
            throw new StoreTimeoutException("nothing was sent to Redis at " + address + ", since " + deadline.timeout()
                    + " had passed before its turn");
        }
        if (permits.tryAcquire()) {
            return;
        }
        try {
            if (!permits.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoreTimeoutException("all " + size + " connections to Redis at " + address
                        + " were busy for " + deadline.timeout() + "; pool-size allows for more");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreInterruptedException("interrupted while waiting for a connection to Redis at " + address, e);
        }
    }

    private RedisConnection idleOrNew(Deadline deadline) {
        RedisConnection connection;
        while ((connection = idle.pollFirst()) != null) {
            if (System.nanoTime() - connection.idleSince() < TRUSTED.toNanos() || answers(connection, deadline)) {
                return connection;
            }
            connection.close();
            discardIdle();
        }
        return connector.connect(address, deadline);
    }

    private static boolean answers(RedisConnection connection, Deadline deadline) {
        try {
            connection.ask(new CommandArguments(Command.PING), deadline);
            return true;
        } catch (JedisException e) {
            return false;
        }
    }

    /** Takes a connection back. A broken one is closed, and so are the idle ones, which have its fate. */
    void giveBack(RedisConnection connection) {
        lent.remove(connection);
        connection.idleFromNow();
        if (connection.isBroken()) {
            connection.close();
            discardIdle();
        } else {
            idle.addFirst(connection);
        }
        permits.release();
        if (closed) {
            discardIdle();
        }
    }

    private void discardIdle() {
        RedisConnection connection;
        while ((connection = idle.pollFirst()) != null) {
            connection.close();
        }
    }

    /** Keeps no idle connections any more; those that are lent end when they come back. */
    @Override
    public void close() {
        closed = true;
        discardIdle();
    }

    /** Waits until all connections have come back, and then closes those that have not. */
    void end(Deadline deadline) {
        close();
        try {
            if (permits.tryAcquire(size, deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lent.forEach(RedisConnection::close);
    }
}
