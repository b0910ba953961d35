package io.cuttlestore.internal;

import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Deadline;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Removes expired entries from time to time, for ever: an error is logged and the next sweep still runs. */
final class Sweeper implements AutoCloseable {
    private static final int BATCH = 500;

    private final Backend backend;
    private final Duration interval;
    private final Duration timeout;
    private final ScheduledThreadPoolExecutor scheduler =
            new ScheduledThreadPoolExecutor(1, DaemonThreads.named("cuttlestore-sweeper"));

    Sweeper(Backend backend, Duration interval, Duration timeout) {
        this.backend = backend;
        this.interval = interval;
        this.timeout = timeout;
        scheduler.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        scheduler.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        scheduleNext();
    }

    private void scheduleNext() {
        double jitter = ThreadLocalRandom.current().nextDouble(0.9, 1.1);
        Future<?> unused =
                scheduler.schedule(this::sweepAndGoOn, (long) (toNanos(interval) * jitter), TimeUnit.NANOSECONDS);
    }

    private void sweepAndGoOn() {
        try {
            sweep();
        } finally {
            scheduleNext();
        }
    }

    private void sweep() {
        try {
            int removed;
            long total = 0;
            do {
                removed = backend.deleteExpired(BATCH, Deadline.after(timeout));
                total += removed;
            } while (removed >= BATCH && !scheduler.isShutdown());
            log().log(Level.DEBUG, "removed {0} expired entries from {1}", total, backend.location());
        } catch (RuntimeException | Error e) {
            log().log(Level.WARNING, "sweeping " + backend.location() + " failed; the next sweep runs as planned", e);
        }
    }

    private static Logger log() {
        return System.getLogger("io.cuttlestore.sweeper");
    }

    private static long toNanos(Duration duration) {
        return Math.max(1_000_000, TimeUnit.NANOSECONDS.convert(duration));
    }

    @Override
    public void close() {
        DaemonThreads.end(scheduler);
    }
}
