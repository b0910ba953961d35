package io.cuttlestore.sqlite;

import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.spi.Deadline;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sessions that read, opened when they are first needed and lent last in, first out: the one used last has the warmest
 * cache. Thread-safe.
 */
final class ReadPool {
    private final int max;
    private final Contention.Attempt<Session> opener;
    private final Contention contention;
    private final String location;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();
    private final ArrayDeque<Session> idle = new ArrayDeque<>();
    private int lent;
    private boolean closed;

    ReadPool(int max, Contention.Attempt<Session> opener, Contention contention, String location) {
        this.max = max;
        this.opener = opener;
        this.contention = contention;
        this.location = location;
    }

    /** Lends a session, to be given back. */
    Session take(Deadline deadline) {
        Session session = takeIdle(deadline);
        return session == null ? open(deadline) : session;
    }

    private @Nullable Session takeIdle(Deadline deadline) {
        lock.lock();
        try {
            while (lent == max && !closed) {
                if (returned.awaitNanos(deadline.remainingNanos()) <= 0) {
                    throw new StoreTimeoutException("all " + max + " readers of " + location
                            + " were busy for the whole " + deadline.timeout().toMillis()
                            + " ms; try again, or allow more time or more readers");
                }
            }
            if (closed) {
                throw new IllegalStateException(location + " is closed");
            }
            lent++;
            return idle.pollFirst();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreInterruptedException("interrupted while waiting to read from " + location, e);
        } finally {
            lock.unlock();
        }
    }

    private Session open(Deadline deadline) {
        Session session = null;
        try {
            session = contention.overcome(deadline, opener);
            return session;
        } catch (SQLException e) {
            throw SqliteFailures.translate("reading from " + location, e);
        } finally {
            if (session == null) {
                giveBack(null);
            }
        }
    }

    /** Takes a session back, or the right to one that could not be opened. */
    void giveBack(@Nullable Session session) {
        lock.lock();
        try {
            lent--;
            if (session != null && closed) {
                session.close();
            } else if (session != null) {
                idle.addFirst(session);
            }
            returned.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Closes all sessions; those still lent at the deadline are closed when they are given back. */
    void close(Deadline deadline) {
        lock.lock();
        try {
            closed = true;
            returned.signalAll();
            idle.forEach(Session::close);
            idle.clear();
            long nanos = deadline.remainingNanos();
            while (lent > 0 && nanos > 0) {
                nanos = returned.awaitNanos(nanos);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }
}
