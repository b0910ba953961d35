package io.cuttlestore.reliability.soak;

import io.cuttlestore.reliability.Heap;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Stores;
import io.cuttlestore.reliability.Tally;
import io.cuttlestore.reliability.Trial;
import io.cuttlestore.spi.Layer;
import io.cuttlestore.testkit.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.HdrHistogram.Histogram;

/** Works on stores of all backends at once for a long time, with faults, sweeps, expiries and reopenings. */
final class Soak implements Trial.Session {
    private static final int OWNERS = 2;
    private static final int THIRDS = 3;
    private static final int WARM_UP_PART = 10;
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int DIGITS = 3;
    private static final long REOPEN_EVERY_MILLIS = 1_000;

    private final Tally tally;
    private final long nanos;
    private final Layer planted;
    private final List<String> backends;
    private final List<Stores> stores = new ArrayList<>();

    Soak(Site site, Duration duration) {
        this(site, duration, Stores.BACKENDS, backend -> backend);
    }

    Soak(Site site, Duration duration, List<String> backends, Layer planted) {
        this.tally = site.tally();
        this.nanos = duration.toNanos();
        this.planted = planted;
        this.backends = backends;
        backends.forEach(backend -> stores.add(Stores.of(backend, site)));
    }

    /** An owner's thread, and how long its calls took. */
    private final class Shift implements Runnable {
        private final String backend;
        private final Owner owner;
        private final List<Histogram> thirds = new ArrayList<>();
        private final long begin;
        private final AtomicBoolean failed;

        Shift(String backend, Owner owner, long begin, AtomicBoolean failed) {
            this.backend = backend;
            this.owner = owner;
            this.begin = begin;
            this.failed = failed;
            for (int i = 0; i < THIRDS; i++) {
                thirds.add(new Histogram(LONGEST_NANOS, DIGITS));
            }
        }

        @Override
        public void run() {
            long before = System.nanoTime();
            while (before - begin < nanos && !failed.get()) {
                step();
                long after = System.nanoTime();
                if (after - begin > nanos / WARM_UP_PART) {
                    int third = (int) Math.min(THIRDS - 1, (before - begin) * THIRDS / nanos);
                    thirds.get(third).recordValue(Math.min(LONGEST_NANOS, after - before));
                }
                before = after;
            }
        }

        private void step() {
            try {
                owner.step();
            } catch (RuntimeException | Error e) {
                failed.set(true);
                throw new AssertionError(backend + ": " + e.getMessage(), e);
            }
        }
    }

    @Override
    public void attempt(long seed) throws Exception {
        SplittableRandom seeds = new SplittableRandom(seed);
        List<LivingStore> living = new ArrayList<>();
        List<Shift> shifts = new ArrayList<>();
        AtomicBoolean failed = new AtomicBoolean();
        long begin = System.nanoTime();
        try {
            for (int i = 0; i < backends.size(); i++) {
                LivingStore store = new LivingStore(stores.get(i).fresh(), seeds.nextLong(), planted);
                living.add(store);
                for (int owner = 0; owner < OWNERS; owner++) {
                    Owner worker = new Owner("o" + owner + "-", store, seeds.nextLong());
                    shifts.add(new Shift(backends.get(i), worker, begin, failed));
                }
            }
            work(shifts, living, begin, failed);
            finish(shifts, living);
        } finally {
            living.forEach(LivingStore::close);
        }
    }

    private void work(List<Shift> shifts, List<LivingStore> living, long begin, AtomicBoolean failed) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(shifts.size());
        try {
            List<Future<?>> ends = new ArrayList<>();
            for (Shift shift : shifts) {
                ends.add(threads.submit(shift));
            }
            long heap = 0;
            while (System.nanoTime() - begin < nanos && !failed.get()) {
                TimeUnit.MILLISECONDS.sleep(REOPEN_EVERY_MILLIS);
                living.forEach(LivingStore::reopen);
                if (heap == 0 && System.nanoTime() - begin > nanos / THIRDS) {
                    heap = Heap.used();
                }
            }
            for (Future<?> end : ends) {
                Threads.result(end);
            }
            Steadiness.requireSmall(heap, Heap.used(), tally);
        } finally {
            failed.set(true);
            threads.shutdown();
        }
    }

    private void finish(List<Shift> shifts, List<LivingStore> living) {
        for (LivingStore store : living) {
            tally.count("reopenings", store.reopenings());
            tally.count("commands that went wrong", store.faults());
            store.calm();
            store.reopen();
        }
        for (Shift shift : shifts) {
            shift.owner.compare();
            tally.count(shift.backend + ": operations", shift.owner.operations());
            tally.count("of these not carried out", shift.owner.failures());
            tally.count("of these of unknown outcome", shift.owner.unknown());
        }
        for (String backend : backends) {
            Steadiness.requireQuick(backend, all(shifts, backend, 0), all(shifts, backend, THIRDS - 1), tally);
        }
    }

    private static Histogram all(List<Shift> shifts, String backend, int third) {
        Histogram all = new Histogram(LONGEST_NANOS, DIGITS);
        shifts.stream()
                .filter(shift -> shift.backend.equals(backend))
                .forEach(shift -> all.add(shift.thirds.get(third)));
        return all;
    }

    @Override
    public void close() throws IOException {
        for (Stores each : stores) {
            each.close();
        }
    }
}
