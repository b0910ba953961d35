package io.cuttlestore.redis;

import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.spi.Deadline;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * The servers of a store and the pools of connections to them. The layout is looked up again when a call has found it
 * wrong. Thread-safe.
 */
final class Topology {
    private final Discovery discovery;
    private final Connector connector;
    private final int poolSize;
    private final Map<HostAndPort, NodePool> pools = new ConcurrentHashMap<>();
    private final ReentrantLock finding = new ReentrantLock();
    private volatile @Nullable Layout layout;
    private volatile boolean suspect = true;
    private volatile boolean closed;

    Topology(Discovery discovery, Connector connector, int poolSize) {
        this.discovery = discovery;
        this.connector = connector;
        this.poolSize = poolSize;
    }

    /**
     * The present layout, as far as is known.
     *
     * @throws io.cuttlestore.CuttlestoreException if it is not known and can't be found in time
     */
    Layout layout(Deadline deadline) {
        Layout known = layout;
        return known == null || suspect ? find(deadline) : known;
    }

    private Layout find(Deadline deadline) {
        try {
            if (!finding.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoreTimeoutException("the servers of the store were not found within " + deadline.timeout());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreInterruptedException("interrupted while looking for the servers of the store", e);
        }
        try {
            Layout known = layout;
            if (known != null && !suspect) {
                return known;
            }
            suspect = false;
            return adopt(discovery.find(known, deadline));
        } catch (RuntimeException e) {
            suspect = true;
            throw e;
        } finally {
            finding.unlock();
        }
    }

    private Layout adopt(Layout found) {
        layout = found;
        pools.forEach((address, pool) -> {
            if (!found.primaries().contains(address) && pools.remove(address, pool)) {
                pool.close();
            }
        });
        return found;
    }

    /** Says that a call has found the layout wrong or a server out of reach. */
    void suspect() {
        suspect = true;
    }

    /** The connections to the server that holds a key. */
    NodePool holding(byte[] key, Deadline deadline) {
        HostAndPort primary = layout(deadline).primaryOf(key);
        if (primary == null) {
            suspect = true;
            throw new StoreUnavailableException("no node of the cluster serves the slot of the key at the moment");
        }
        return at(primary);
    }

    /** The connections to a server. */
    NodePool at(HostAndPort address) {
        if (closed) {
            throw new IllegalStateException("the connection is closed");
        }
        return pools.computeIfAbsent(address, a -> new NodePool(a, connector, poolSize));
    }

    /** Lets calls that are under way end until the deadline, then ends them. Idempotent. */
    void end(Deadline deadline) {
        synchronized (pools) {
            if (closed) {
                return;
            }
            closed = true;
        }
        pools.values().forEach(NodePool::close);
        pools.values().forEach(pool -> pool.end(deadline));
    }
}
