package io.cuttlestore.internal.batch;

import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendLayer;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Trips;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * In front of a store to which a trip is dear: single commands of callers that meet share trips, reads with reads and
 * writes with writes. What comes as a batch already makes its own trip.
 */
public final class Batcher extends BackendLayer {
    private final BlockingLane reads;
    private final BlockingLane writes;
    private final boolean readsAlone;

    private Batcher(Backend inner, Trips trips, Executor leaders) {
        super(inner);
        this.reads = new BlockingLane(inner, trips.reads(), false, leaders);
        this.writes = new BlockingLane(inner, trips.writes(), true, leaders);
        this.readsAlone = trips.readsAlone();
    }

    /**
     * The backend with shared trips, if they are {@linkplain Backend#trips() worth it}.
     *
     * @param leaders the threads that lead for callers on virtual threads
     */
    public static Backend before(Backend backend, Executor leaders) {
        Trips trips = backend.trips();
        boolean shared = trips.reads() > 0 || trips.writes() > 0;
        return shared ? new Batcher(backend, trips, leaders) : backend;
    }

    @Override
    public <R extends @Nullable Object> R execute(Command<R> command) {
        if (command.isWrite()) {
            return writes.execute(command);
        }
        return readsAlone && !VirtualThreads.currentIsVirtual() ? inner().execute(command) : reads.execute(command);
    }

    @Override
    public void executeAll(List<? extends Call<?>> calls) {
        inner().executeAll(calls);
    }

    @Override
    public ScanPage page(ScanRequest request) {
        return inner().page(request);
    }

    @Override
    public void close() {
        reads.close();
        writes.close();
        inner().close();
    }
}
