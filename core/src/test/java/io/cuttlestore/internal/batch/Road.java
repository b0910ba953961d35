package io.cuttlestore.internal.batch;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendLayer;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Trips;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A way to a store in memory, on which each trip waits for a permit. */
final class Road extends BackendLayer {
    final Semaphore gate = new Semaphore(0);
    final ConcurrentLinkedQueue<List<String>> trips = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<List<String>> underWay = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();

    /** How trips are to be shared. */
    volatile Trips sharing = Trips.shared(1, 1);

    /** What the next batch breaks down with. */
    volatile @Nullable Throwable breakdown;

    /** Whether trips hear interrupts and end with the time of their first command, as those of real stores do. */
    volatile boolean polite;

    /** Whether replies are given twice. */
    volatile boolean stutters;

    /** What asking for the location fails with, once. */
    volatile @Nullable Error unnamed;

    private Road(Backend inner) {
        super(inner);
    }

    static Road overMemory() {
        AtomicReference<Road> road = new AtomicReference<>();
        Cuttlestore.builder("in-memory")
                .layer(backend -> {
                    road.set(new Road(backend));
                    return backend;
                })
                .connect();
        return road.get();
    }

    @Override
    public <R extends @Nullable Object> R execute(Command<R> command) {
        travel(List.of(command.key().stored()), command.deadline());
        return inner().execute(command);
    }

    @Override
    public void executeAll(List<? extends Call<?>> calls) {
        try {
            travel(
                    calls.stream().map(call -> call.command().key().stored()).toList(),
                    calls.get(0).command().deadline());
        } catch (StoreTimeoutException e) {
            calls.forEach(call -> call.fail(new StoreTimeoutException("no time left")));
            return;
        } catch (StoreInterruptedException e) {
            calls.forEach(call -> call.fail(new StoreInterruptedException("interrupted on the road")));
            return;
        }
        Throwable breaksWith = breakdown;
        if (breaksWith != null) {
            breakdown = null;
            throw Road.<RuntimeException>sneaky(breaksWith);
        }
        inner().executeAll(calls);
        if (stutters) {
            inner().executeAll(calls);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> T sneaky(Throwable e) throws T {
        throw (T) e;
    }

    private void travel(List<String> keys, Deadline deadline) {
        underWay.add(keys);
        try {
            if (!polite) {
                gate.acquireUninterruptibly();
            } else if (!gate.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoreTimeoutException("no time left");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreInterruptedException("interrupted on the road", e);
        } finally {
            underWay.remove(keys);
        }
        trips.add(keys);
        threads.add(Thread.currentThread());
    }

    @Override
    public Trips trips() {
        return sharing;
    }

    @Override
    public String location() {
        Error error = unnamed;
        if (error != null) {
            unnamed = null;
            throw error;
        }
        return inner().location();
    }

    @Override
    public ScanPage page(ScanRequest request) {
        return inner().page(request);
    }
}
