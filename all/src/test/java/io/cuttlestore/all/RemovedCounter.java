package io.cuttlestore.all;

import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendLayer;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A layer that counts the entries which sweeps have removed from the store. */
final class RemovedCounter extends BackendLayer {
    private final AtomicInteger removed;

    RemovedCounter(Backend inner, AtomicInteger removed) {
        super(inner);
        this.removed = removed;
    }

    @Override
    public int deleteExpired(int max, Deadline deadline) {
        int count = inner().deleteExpired(max, deadline);
        removed.addAndGet(count);
        return count;
    }

    @Override
    public <R> R execute(Command<R> command) {
        return inner().execute(command);
    }

    @Override
    public void executeAll(List<? extends Call<?>> calls) {
        inner().executeAll(calls);
    }

    @Override
    public ScanPage page(ScanRequest request) {
        return inner().page(request);
    }
}
