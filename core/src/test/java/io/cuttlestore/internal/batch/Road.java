package io.cuttlestore.internal.batch;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendLayer;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A way to a store in memory, on which each trip waits for a permit. */
final class Road extends BackendLayer {
    final Semaphore gate = new Semaphore(0);
    final ConcurrentLinkedQueue<List<String>> trips = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<List<String>> underWay = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();
    volatile boolean breakNext;

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
        travel(List.of(command.key().stored()));
        return inner().execute(command);
    }

    @Override
    public void executeAll(List<? extends Call<?>> calls) {
        travel(calls.stream().map(call -> call.command().key().stored()).toList());
        if (breakNext) {
            breakNext = false;
            throw new AssertionError("broken on purpose");
        }
        inner().executeAll(calls);
    }

    private void travel(List<String> keys) {
        underWay.add(keys);
        gate.acquireUninterruptibly();
        underWay.remove(keys);
        trips.add(keys);
        threads.add(Thread.currentThread());
    }

    @Override
    public ScanPage page(ScanRequest request) {
        return inner().page(request);
    }
}
