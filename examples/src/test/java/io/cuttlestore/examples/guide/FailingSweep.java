package io.cuttlestore.examples.guide;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendLayer;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A program whose sweeps fail, so that something is logged. */
final class FailingSweep extends BackendLayer {
    private static final CountDownLatch FAILURES = new CountDownLatch(2);

    private FailingSweep(Backend inner) {
        super(inner);
    }

    /** Ends once the first failure must have been logged, since the second has happened. */
    public static void main(String[] args) throws InterruptedException {
        CuttlestoreConnection connection = Cuttlestore.builder("in-memory")
                .layer(FailingSweep::new)
                .sweepEvery(Duration.ofMillis(1))
                .connect();
        try (connection) {
            FAILURES.await();
        }
    }

    @Override
    public int deleteExpired(int max, Deadline deadline) {
        FAILURES.countDown();
        throw new IllegalStateException("this sweep fails on purpose");
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
