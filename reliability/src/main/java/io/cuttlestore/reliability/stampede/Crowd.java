package io.cuttlestore.reliability.stampede;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Threads that call at one moment. Not thread-safe. */
final class Crowd implements AutoCloseable {
    private final int size;
    private final ExecutorService threads;

    private Crowd(int size, ExecutorService threads) {
        this.size = size;
        this.threads = threads;
    }

    static Crowd ofPlatformThreads(int size) {
        return new Crowd(size, Executors.newFixedThreadPool(size));
    }

    /** Empty before JDK 21. */
    static Optional<Crowd> ofVirtualThreads(int size) {
        try {
            Object threads =
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
            return Optional.of(new Crowd(size, (ExecutorService) threads));
        } catch (NoSuchMethodException before21) {
            return Optional.empty();
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What a call ended with: one of the two.
     *
     * @param nanos how long it took
     */
    record Outcome(@Nullable String value, @Nullable Throwable failure, long nanos) {
        @Override
        public String toString() {
            return failure == null ? "value " + value : failure.toString();
        }
    }

    /** Calls that have begun. */
    static final class Charge {
        private final BlockingQueue<Outcome> outcomes = new LinkedBlockingQueue<>();

        /**
         * Waits for the next calls to end.
         *
         * @throws AssertionError if so many have not ended after so long
         */
        List<Outcome> await(int calls, long seconds) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
            List<Outcome> ended = new ArrayList<>();
            while (ended.size() < calls) {
                Outcome next = outcomes.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    throw new AssertionError(calls - ended.size() + " of " + calls
                            + " callers were not released within " + seconds + " s");
                }
                ended.add(next);
            }
            return ended;
        }
    }

    int size() {
        return size;
    }

    /** Makes as many calls as there are threads at once, each by its number. */
    Charge charge(IntFunction<String> call) throws InterruptedException {
        Charge charge = new Charge();
        CountDownLatch ready = new CountDownLatch(size);
        CountDownLatch gate = new CountDownLatch(1);
        for (int i = 0; i < size; i++) {
            int number = i;
            threads.execute(() -> {
                ready.countDown();
                try {
                    gate.await();
                } catch (InterruptedException closed) {
                    return;
                }
                charge.outcomes.add(outcome(call, number));
            });
        }
        ready.await();
        gate.countDown();
        return charge;
    }

    private static Outcome outcome(IntFunction<String> call, int number) {
        long begin = System.nanoTime();
        try {
            String value = call.apply(number);
            return new Outcome(value, null, System.nanoTime() - begin);
        } catch (RuntimeException | Error failure) {
            return new Outcome(null, failure, System.nanoTime() - begin);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
