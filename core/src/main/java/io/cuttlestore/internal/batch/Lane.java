package io.cuttlestore.internal.batch;

import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Key;
import io.cuttlestore.spi.Put;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A way to the store with room for a few trips at a time. A caller that finds room travels alone, on its own thread;
 * callers that find none queue up, and when a trip ends the one that has waited longest leads the next and takes along
 * those behind it (flat combining, after Hendler, Incze, Shavit and Tzafrir, 2010). Thread-safe.
 *
 * <p>A batch is closed before its trip begins. It holds no key twice if it writes; the later command waits for the next
 * trip, and so does every command behind it on that key.
 */
final class Lane {
    private static final int MOST_COMMANDS = 512;
    private static final int MOST_BYTES = 1 << 20;
    private static final int LARGE_VALUE = 64 << 10;

    private final Backend backend;
    private final boolean writes;
    private final Executor leaders;
    private final Semaphore room;
    private final Queue<Waiter<?>> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock gathering = new ReentrantLock();

    /**
     * A lane.
     *
     * @param trips how many trips may be under way at a time
     * @param writes whether its commands write
     * @param leaders the threads that lead for callers who must not
     */
    Lane(Backend backend, int trips, boolean writes, Executor leaders) {
        this.backend = backend;
        this.room = new Semaphore(trips);
        this.writes = writes;
        this.leaders = leaders;
    }

    String location() {
        return backend.location();
    }

    /** How many commands are in the queue. */
    int waiting() {
        return queue.size();
    }

    /** How many more trips could begin. */
    int freeTrips() {
        return room.availablePermits();
    }

    /** Carries the command out and returns its reply. */
    <R extends @Nullable Object> R execute(Command<R> command) {
        boolean leads = !VirtualThreads.currentIsVirtual(); // an interrupt would close the socket under all others
        if (leads && queue.isEmpty() && room.tryAcquire()) {
            try {
                return backend.execute(command);
            } finally {
                passOn();
            }
        }
        BlockedCaller<R> caller = new BlockedCaller<>(command, leads);
        enqueue(caller);
        return caller.await(this);
    }

    /** Puts a command at the end of the queue. */
    void enqueue(Waiter<?> waiter) {
        queue.add(waiter);
        if (room.tryAcquire()) {
            passOn();
        }
    }

    /** Gives the room that the calling thread holds to the oldest waiter, or back if there is none. */
    private void passOn() {
        Waiter<?> next = promoteNext();
        if (next == null) {
            return;
        }
        if (next.leadsItself()) {
            next.wake();
            return;
        }
        try {
            leaders.execute(() -> leadOn(next));
        } catch (RejectedExecutionException closing) {
            leadOn(next);
        }
    }

    /** The oldest waiter, which now has the room to lead; {@code null} if there is none and the room is given back. */
    private @Nullable Waiter<?> promoteNext() {
        do {
            Waiter<?> oldest;
            while ((oldest = queue.poll()) != null) {
                if (isWorthATrip(oldest) && oldest.promote()) {
                    return oldest;
                }
            }
            room.release();
        } while (!queue.isEmpty() && room.tryAcquire());
        return null;
    }

    /** Leads for a waiter that can't itself, and then for the next, until one comes that can. */
    private void leadOn(Waiter<?> oldest) {
        Waiter<?> next = oldest;
        while (next != null && !next.leadsItself()) {
            makeTrip(next);
            next = promoteNext();
        }
        if (next != null) {
            next.wake();
        }
    }

    /** Makes a trip for a waiter that was promoted and for those behind it, and passes the lead on. */
    void lead(Waiter<?> oldest) {
        makeTrip(oldest);
        passOn();
    }

    /** Leaves nobody without an answer, whatever happens; never throws. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint that costs nothing where it is not taken
    private void makeTrip(Waiter<?> oldest) {
        List<Waiter<?>> batch = new ArrayList<>();
        batch.add(oldest);
        try {
            Thread.yield(); // lets callers that were just answered come back with their next command
            gather(batch);
            send(batch);
            batch.forEach(waiter -> failIfOpen(waiter, null));
        } catch (RuntimeException | Error e) {
            batch.forEach(waiter -> failIfOpen(waiter, e));
        }
    }

    private void gather(List<Waiter<?>> batch) {
        Manifest manifest = new Manifest(batch.get(0).command(), writes);
        gathering.lock();
        try {
            Iterator<Waiter<?>> waiting = queue.iterator();
            while (manifest.hasRoom() && waiting.hasNext()) {
                Waiter<?> waiter = waiting.next();
                if (!isWorthATrip(waiter)) {
                    waiting.remove();
                } else if (manifest.admits(waiter.command()) && waiter.take()) {
                    waiting.remove();
                    batch.add(waiter);
                }
            }
        } finally {
            gathering.unlock();
        }
    }

    /** Whether the command is still to be sent; one whose time is over fails now. */
    private boolean isWorthATrip(Waiter<?> waiter) {
        if (waiter.command().deadline().hasPassed()) {
            waiter.giveUp(timedOut(waiter.command()));
        } else if (!waiter.isWanted()) {
            waiter.giveUp(new CancellationException("cancelled while waiting for a turn at " + location()));
        }
        return waiter.isQueued();
    }

    /** The failure of a command whose time was over before it was sent. */
    StoreTimeoutException timedOut(Command<?> command) {
        return new StoreTimeoutException("waited " + command.deadline().timeout() + " for a turn at " + location()
                + "; key '" + command.key() + "' was not touched");
    }

    /** Fails what has waited in the queue for longer than it may. */
    void failOverdue() {
        queue.forEach(this::isWorthATrip);
    }

    private void send(List<Waiter<?>> batch) {
        if (batch.size() == 1) {
            sendAlone(batch.get(0));
        } else {
            backend.executeAll(batch);
        }
    }

    private <R extends @Nullable Object> void sendAlone(Waiter<R> waiter) {
        R reply;
        try {
            reply = backend.execute(waiter.command());
        } catch (RuntimeException e) {
            waiter.failUnexpectedly(e);
            return;
        }
        waiter.complete(reply);
    }

    private void failIfOpen(Waiter<?> waiter, @Nullable Throwable reason) {
        if (waiter.isDone()) {
            return;
        }
        String what = "the trip to " + location() + " broke down with key '"
                + waiter.command().key() + "'";
        if (reason instanceof IllegalStateException) {
            waiter.failUnexpectedly(new IllegalStateException(what, reason));
        } else if (waiter.command().isWrite()) {
            waiter.fail(new OutcomeUnknownException(what + "; the write may have been carried out", reason));
        } else {
            waiter.fail(new StoreFailedException(what, reason));
        }
    }

    /** Fails what is queued. What is under way goes on. */
    void close() {
        Waiter<?> waiter;
        while ((waiter = queue.poll()) != null) {
            waiter.giveUp(new IllegalStateException(location() + " is closed"));
        }
    }

    /** What a batch holds, and whether it may hold more. */
    private static final class Manifest {
        private final boolean writes;
        private final Set<Key> keys = new HashSet<>();
        private int commands;
        private long bytes;

        Manifest(Command<?> first, boolean writes) {
            this.writes = writes;
            add(first);
        }

        boolean hasRoom() {
            return commands < MOST_COMMANDS && bytes < MOST_BYTES;
        }

        /** Adds a command unless it must wait: for an earlier one on its key, or since its value is large. */
        boolean admits(Command<?> command) {
            boolean free = !writes || keys.add(command.key());
            if (!free || size(command) > LARGE_VALUE) {
                return false;
            }
            add(command);
            return true;
        }

        private void add(Command<?> command) {
            keys.add(command.key());
            commands++;
            bytes += size(command);
        }

        private static int size(Command<?> command) {
            return command instanceof Put put ? put.payload().encodedLength() : 0;
        }
    }
}
