package io.cuttlestore.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.HdrHistogram.Histogram;

/** Measures operations that many threads call at the same time. May be stopped from another thread. */
final class Benchmark {
    private static final int SIGNIFICANT_DIGITS = 3;

    private final int threads;
    private volatile boolean stopped;

    Benchmark(int threads) {
        this.threads = threads;
    }

    /**
     * Something to measure.
     *
     * @param keys how many keys a call handles
     * @param call handles the keys from this number on
     */
    record Operation(String name, int keys, IntConsumer call) {}

    /**
     * What was measured.
     *
     * @param perSecond keys handled in a second by all threads together
     */
    record Measurement(double perSecond, Histogram latencies) {
        long nanosAtPercentile(double percentile) {
            return latencies.getValueAtPercentile(percentile);
        }
    }

    /** Lets every later call of an operation be left out, so that a measurement ends soon. */
    void stop() {
        stopped = true;
    }

    /** Whether calls are left out, so that what was measured last is not whole. */
    boolean isStopped() {
        return stopped;
    }

    /** Calls an operation until it has handled so many keys, each thread a share of them. */
    Measurement measure(Operation operation, int keys) {
        ExecutorService callers = Executors.newFixedThreadPool(threads);
        try {
            long begin = System.nanoTime();
            List<Future<Histogram>> shares = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                shares.add(callers.submit(share(operation, keys, t)));
            }
            Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);
            for (Future<Histogram> share : shares) {
                latencies.add(result(share));
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            return new Measurement(latencies.getTotalCount() * operation.keys() / seconds, latencies);
        } finally {
            callers.shutdownNow();
        }
    }

    private Callable<Histogram> share(Operation operation, int keys, int thread) {
        int stride = threads * operation.keys();
        return () -> {
            Histogram latencies = new Histogram(SIGNIFICANT_DIGITS);
            for (int i = thread * operation.keys(); i < keys && !stopped; i += stride) {
                long begin = System.nanoTime();
                operation.call().accept(i);
                latencies.recordValue(System.nanoTime() - begin);
            }
            return latencies;
        };
    }

    private static <T> T result(Future<T> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
