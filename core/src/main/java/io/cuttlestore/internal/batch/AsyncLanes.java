package io.cuttlestore.internal.batch;

import io.cuttlestore.ThrottledException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Trips;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries commands out for callers who hold futures, as many of them a trip as have come together. Commands on one key
 * are carried out in the order in which they came.
 */
public final class AsyncLanes {
    /** Where sharing a trip gains nothing: how many are under way at a time, since each may wait for a disk. */
    private static final int TRIPS_ALONE = 8;

    /** Where sharing a trip gains nothing: how many commands a thread takes at a time, few so that all threads have some. */
    private static final int COMMANDS_ALONE = 16;

    private static final int MOST_UNDER_WAY = 1 << 17;

    /** How much longer than allowed a call may take, as a part of the shortest time that any call was allowed. */
    private static final int LATENESS = 20;

    private final AsyncLane reads;
    private final AsyncLane writes;
    private final KeyOrder<AsyncCaller<?, ?>> order = new KeyOrder<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Deliveries deliveries;
    private final AtomicLong shortestTimeout = new AtomicLong(Long.MAX_VALUE);
    private long lastLook = System.nanoTime();

    /**
     * Lanes to a backend.
     *
     * @param leaders the threads that make the trips
     * @param completions where replies are decoded and futures completed; never runs a task on the calling thread
     */
    public AsyncLanes(Backend backend, Executor leaders, Executor completions) {
        Trips trips = backend.trips();
        this.reads = lane(backend, trips.reads(), false, leaders);
        this.writes = lane(backend, trips.writes(), true, leaders);
        this.deliveries = new Deliveries(completions);
    }

    private AsyncLane lane(Backend backend, int trips, boolean writes, Executor leaders) {
        return trips == 0
                ? new AsyncLane(backend, TRIPS_ALONE, writes, COMMANDS_ALONE, leaders)
                : new AsyncLane(backend, trips, writes, Lane.MOST_COMMANDS, leaders);
    }

    private final class AsyncLane extends Lane<AsyncCaller<?, ?>> {
        AsyncLane(Backend backend, int trips, boolean writes, int mostCommands, Executor leaders) {
            super(backend, trips, writes, mostCommands, leaders);
        }

        @Override
        void tell(List<AsyncCaller<?, ?>> done) {
            settle(done);
        }
    }

    /** Carries the command out; the future has the decoded reply. Cancelling it keeps what is queued from being sent. */
    public <R extends @Nullable Object, T> CompletableFuture<T> submit(Command<R> command, Function<R, T> decode) {
        if (underWay.incrementAndGet() > MOST_UNDER_WAY) {
            underWay.decrementAndGet();
            return CompletableFuture.failedFuture(
                    new ThrottledException(MOST_UNDER_WAY + " calls are under way on this connection already"));
        }
        long timeout = TimeUnit.NANOSECONDS.convert(command.deadline().timeout());
        if (timeout < shortestTimeout.get()) {
            shortestTimeout.accumulateAndGet(timeout, Math::min);
        }
        AsyncCaller<R, T> caller = new AsyncCaller<>(command, decode);
        if (order.enter(caller.turn())) {
            lane(caller).enqueue(caller);
        }
        return caller.future();
    }

    private AsyncLane lane(AsyncCaller<?, ?> caller) {
        return caller.command().isWrite() ? writes : reads;
    }

    /** Lets the next ones on the keys of these begin, and completes their futures. */
    private void settle(List<AsyncCaller<?, ?>> done) {
        underWay.addAndGet(-done.size());
        for (AsyncCaller<?, ?> caller : done) {
            for (AsyncCaller<?, ?> next : order.leave(caller.turn())) {
                if (next.isQueued()) {
                    lane(next).enqueue(next);
                }
            }
        }
        deliveries.deliver(done);
    }

    /**
     * Fails what has taken longer than it may, and completes futures that a stage of another holds up. To be called every
     * few milliseconds until nothing is under way, by one thread at a time.
     */
    public void tick() {
        deliveries.hurry();
        long now = System.nanoTime();
        if (now - lastLook >= shortestTimeout.get() / LATENESS) {
            lastLook = now;
            failOverdue();
        }
    }

    private void failOverdue() {
        List<AsyncCaller<?, ?>> overdue = new ArrayList<>();
        List<AsyncCaller<?, ?>> unanswered = new ArrayList<>();
        for (AsyncCaller<?, ?> caller : order.commands()) {
            if (caller.command().deadline().hasPassed()) {
                Lane<?> lane = lane(caller);
                if (caller.giveUp(lane.timedOut(caller.command()))) {
                    overdue.add(caller);
                } else if (caller.abandon(lane.unanswered(caller.command()))) {
                    unanswered.add(caller);
                }
            }
        }
        deliveries.deliver(unanswered);
        settle(overdue);
    }

    public boolean isIdle() {
        return underWay.get() == 0 && deliveries.isIdle();
    }

    /** Fails what is queued; what is under way goes on. */
    public void close() {
        List<AsyncCaller<?, ?>> queued = new ArrayList<>();
        for (AsyncCaller<?, ?> caller : order.commands()) {
            if (caller.giveUp(lane(caller).closedFailure())) {
                queued.add(caller);
            }
        }
        settle(queued);
        reads.close();
        writes.close();
    }
}
