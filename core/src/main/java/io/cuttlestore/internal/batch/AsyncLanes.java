package io.cuttlestore.internal.batch;

import io.cuttlestore.ThrottledException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Trips;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Carries commands out for callers who hold futures, as many of them a trip as have come together. Commands on one key
 * are carried out in the order in which they came.
 */
public final class AsyncLanes {
    private static final int FEWEST_TRIPS = 1;
    private static final int MOST_UNDER_WAY = 1 << 17;

    private final Lane reads;
    private final Lane writes;
    private final KeyOrder order = new KeyOrder();
    private final AtomicInteger underWay = new AtomicInteger();
    private final Executor completions;

    /**
     * Lanes to a backend.
     *
     * @param leaders the threads that make the trips
     * @param completions where replies are decoded and futures completed
     */
    public AsyncLanes(Backend backend, Executor leaders, Executor completions) {
        Trips trips = backend.trips();
        this.reads = new Lane(backend, Math.max(trips.reads(), FEWEST_TRIPS), false, leaders);
        this.writes = new Lane(backend, Math.max(trips.writes(), FEWEST_TRIPS), true, leaders);
        this.completions = completions;
    }

    /** Carries the command out; the future has the decoded reply. Cancelling it keeps what is queued from being sent. */
    public <R extends @Nullable Object, T> CompletableFuture<T> submit(Command<R> command, Function<R, T> decode) {
        if (underWay.incrementAndGet() > MOST_UNDER_WAY) {
            underWay.decrementAndGet();
            return CompletableFuture.failedFuture(
                    new ThrottledException(MOST_UNDER_WAY + " calls are under way on this connection already"));
        }
        KeyOrder.Turn turn = new KeyOrder.Turn(command.key(), command.isWrite());
        AsyncCaller<R, T> caller = new AsyncCaller<>(command, decode, completions, () -> leave(turn));
        Lane lane = command.isWrite() ? writes : reads;
        order.enter(turn, () -> lane.enqueue(caller));
        return caller.future();
    }

    private void leave(KeyOrder.Turn turn) {
        underWay.decrementAndGet();
        order.leave(turn);
    }

    /** Fails what has waited in a queue for longer than it may. */
    public void failOverdue() {
        reads.failOverdue();
        writes.failOverdue();
    }

    public boolean isIdle() {
        return underWay.get() == 0;
    }

    /** Fails what is queued; what is under way goes on. */
    public void close() {
        reads.close();
        writes.close();
    }
}
