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
 * A way to the store with room for a few trips at a time. Callers that find no room queue up, and when a trip ends the
 * one that has waited longest leads the next and takes along those behind it (flat combining, after Hendler, Incze,
 * Shavit and Tzafrir, 2010). Thread-safe.
 *
 * <p>A batch is closed before its trip begins. It holds no key twice if it writes; the later command waits for the next
 * trip, and so does every command behind it on that key.
 *
 * @param <W> those who wait
 */
abstract class Lane<W extends Waiter<?>> {
    /** How many commands share a trip at most, where a trip is dear. */
    static final int MOST_COMMANDS = 512;

    private static final int MOST_BYTES = 1 << 20;
    private static final int MOST_PASSED_OVER = 256;
    private static final int LARGE_VALUE = 64 << 10;

    private final Backend backend;
    private final boolean writes;
    private final int mostCommands;
    private final Executor leaders;
    private final Semaphore room;
    private final Queue<W> queue = new ConcurrentLinkedQueue<>();
    private final ReentrantLock gathering = new ReentrantLock();
    private volatile boolean closed;

    /**
     * A lane.
     *
     * @param trips how many trips may be under way at a time
     * @param writes whether its commands write
     * @param mostCommands how many commands share a trip at most
     * @param leaders the threads that lead for callers who must not
     */
    Lane(Backend backend, int trips, boolean writes, int mostCommands, Executor leaders) {
        this.backend = backend;
        this.room = new Semaphore(trips);
        this.writes = writes;
        this.mostCommands = mostCommands;
        this.leaders = leaders;
    }

    /** Tells those who wait that their commands are done. Quick; never throws. */
    abstract void tell(List<W> done);

    final Backend backend() {
        return backend;
    }

    final String location() {
        return backend.location();
    }

    /** How many commands are in the queue. */
    final int waiting() {
        return queue.size();
    }

    /** Whether so many commands or more are in the queue. */
    final boolean isCrowd(int commands) {
        int met = 0;
        for (Iterator<W> waiting = queue.iterator(); met < commands && waiting.hasNext(); waiting.next()) {
            met++;
        }
        return met == commands;
    }

    /** How many more trips could begin. */
    final int freeTrips() {
        return room.availablePermits();
    }

    /** Takes room for a trip if there is some and nobody waits for it; {@link #passOn} must follow. */
    final boolean enter() {
        return queue.isEmpty() && room.tryAcquire();
    }

    /** Puts a command at the end of the queue. */
    final void enqueue(W waiter) {
        queue.add(waiter);
        if (closed) {
            failQueue();
        } else if (room.tryAcquire()) {
            passOn();
        }
    }

    /** Gives the room that the calling thread holds to the oldest waiter, or back if there is none. */
    final void passOn() {
        W next = promoteNext();
        if (next == null) {
            return;
        }
        if (next.leadsItself()) {
            next.wake();
            return;
        }
        try {
            leaders.execute(() -> leadOn(next));
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            leadOn(next);
        }
    }

    /** The oldest waiter, which now has the room to lead; {@code null} if there is none and the room is given back. */
    private @Nullable W promoteNext() {
        do {
            W oldest;
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
    private void leadOn(W oldest) {
        W next = oldest;
        while (next != null && !next.leadsItself()) {
            try {
                makeTrip(next);
            } catch (Error e) {
                passOn();
                throw e;
            }
            next = promoteNext();
        }
        if (next != null) {
            next.wake();
        }
    }

    /** Makes a trip for a waiter that was promoted and for those behind it, and passes the lead on. */
    final void lead(W oldest) {
        try {
            makeTrip(oldest);
        } finally {
            passOn();
        }
    }

    /** Leaves nobody without an answer, whatever happens; throws nothing that a backend throws. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint that costs nothing where it is not taken
    private void makeTrip(W oldest) {
        List<W> batch = new ArrayList<>();
        batch.add(oldest);
        Throwable breakdown = null;
        try {
            Thread.yield(); // lets callers that were just answered come back with their next command
            gather(batch);
            send(batch);
        } catch (Throwable e) { // checked ones too: backends in other JVM languages throw them
            breakdown = e;
        }
        List<W> done = new ArrayList<>(batch.size());
        for (W waiter : batch) {
            if (waiter.returnsToQueue()) {
                queue.add(waiter);
            } else {
                failIfOpen(waiter, breakdown);
                done.add(waiter);
            }
        }
        tell(done);
    }

    private void gather(List<W> batch) {
        Manifest manifest = new Manifest(batch.get(0).command(), writes, mostCommands);
        Waiter.Trip trip = new Waiter.Trip(batch.get(0));
        gathering.lock();
        try {
            Iterator<W> waiting = queue.iterator();
            while (manifest.hasRoom() && waiting.hasNext()) {
                W waiter = waiting.next();
                if (!isWorthATrip(waiter)) {
                    waiting.remove();
                } else if (manifest.admits(waiter.command()) && waiter.take(trip)) {
                    waiting.remove();
                    batch.add(waiter);
                }
            }
        } finally {
            gathering.unlock();
        }
    }

    /** Whether the command is still to be sent; one whose time is over fails now. */
    private boolean isWorthATrip(W waiter) {
        if (waiter.command().deadline().hasPassed()) {
            failQueued(waiter, timedOut(waiter.command()));
        } else if (!waiter.isWanted()) {
            failQueued(waiter, new CancellationException("cancelled while waiting for a turn at " + location()));
        }
        return waiter.isQueued();
    }

    private void failQueued(W waiter, RuntimeException reason) {
        if (waiter.giveUp(reason)) {
            tell(List.of(waiter));
        }
    }

    /** The failure of a command whose time was over before it was sent. */
    final StoreTimeoutException timedOut(Command<?> command) {
        return new StoreTimeoutException("waited " + command.deadline().timeout() + " for a turn at " + location()
                + "; key '" + command.key() + "' was not touched");
    }

    /** The failure of a command whose time is over while it is on its way. */
    final RuntimeException unanswered(Command<?> command) {
        String what = location() + " did not answer within "
                + command.deadline().timeout() + " for key '" + command.key() + "'";
        return command.isWrite()
                ? new OutcomeUnknownException(what + "; the write may have been carried out")
                : new StoreTimeoutException(what);
    }

    private void send(List<W> batch) {
        if (batch.size() == 1) {
            Waiter<?> alone = batch.get(0);
            sendAlone(alone);
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

    private void failIfOpen(W waiter, @Nullable Throwable reason) {
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

    /** Fails what is queued, and what comes to be. What is under way goes on. */
    final void close() {
        closed = true;
        failQueue();
    }

    private void failQueue() {
        W waiter;
        while ((waiter = queue.poll()) != null) {
            failQueued(waiter, closedFailure());
        }
    }

    final IllegalStateException closedFailure() {
        return new IllegalStateException(location() + " is closed");
    }

    /** What a batch holds, and whether it may hold more. */
    private static final class Manifest {
        private final boolean writes;
        private final int mostCommands;
        private final Set<Key> keys = new HashSet<>();
        private int commands;
        private int passedOver;
        private long bytes;

        Manifest(Command<?> first, boolean writes, int mostCommands) {
            this.writes = writes;
            this.mostCommands = mostCommands;
            add(first);
        }

        boolean hasRoom() {
            return commands < mostCommands && bytes < MOST_BYTES && passedOver < MOST_PASSED_OVER;
        }

        /** Adds a command unless it must wait: for an earlier one on its key, or since its value is large. */
        boolean admits(Command<?> command) {
            boolean free = !writes || keys.add(command.key());
            if (!free || size(command) > LARGE_VALUE) {
                passedOver++;
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
