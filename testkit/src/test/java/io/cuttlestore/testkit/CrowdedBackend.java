package io.cuttlestore.testkit;

import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Trips;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A store with room for one trip at a time, which takes long enough for callers to meet. */
final class CrowdedBackend extends PassThroughLayer {
    /** How many batches of callers who met there were, in all such stores; bulk calls are none. */
    static final AtomicInteger BATCHES = new AtomicInteger();

    private static final long TRIP_NANOS = 20_000;

    CrowdedBackend(Backend inner) {
        super(inner);
    }

    @Override
    public Trips trips() {
        return Trips.shared(1, 1);
    }

    @Override
    public <R extends @Nullable Object> R execute(Command<R> command) {
        LockSupport.parkNanos(TRIP_NANOS);
        return super.execute(command);
    }

    @Override
    public void executeAll(List<? extends Call<?>> calls) {
        if (calls.get(0).getClass().getName().contains(".internal.batch.")) {
            BATCHES.incrementAndGet();
        }
        LockSupport.parkNanos(TRIP_NANOS);
        super.executeAll(calls);
    }
}
