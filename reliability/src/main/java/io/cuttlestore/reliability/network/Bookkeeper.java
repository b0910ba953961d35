package io.cuttlestore.reliability.network;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.redis.RedisServer;
import io.cuttlestore.reliability.Tally;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Threads that write to keys of their own while servers change places, and look what is left of it. Used once. */
final class Bookkeeper {
    private static final int THREADS = 4;
    private static final int LEDGERS = 12;
    private static final int PAUSE_MILLIS = 2;
    private static final Duration WORKS_AGAIN_WITHIN = Duration.ofSeconds(10);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(40);

    private final Cuttlestore<String> store;
    private final Cuttlestore<String> async;
    private final Tally tally;
    private final String name;
    private final List<CompletableFuture<Void>> running = new ArrayList<>();
    private final AtomicInteger working = new AtomicInteger();
    private final AtomicBoolean changed = new AtomicBoolean();
    private volatile Predicate<String> mayLose = key -> false;

    Bookkeeper(String name, Cuttlestore<String> store, Watch watch, Tally tally) {
        this.name = name;
        this.store = watch.over(store);
        this.async = watch.overAsync(store);
        this.tally = tally;
    }

    /** Begins to write, and returns when all threads do. */
    void begin(long seed) {
        SplittableRandom seeds = new SplittableRandom(seed);
        for (int thread = 0; thread < THREADS; thread++) {
            int number = thread;
            SplittableRandom random = seeds.split();
            running.add(Callers.run(() -> keep(number, random)));
        }
        Recovery.await(WORKS_AGAIN_WITHIN, () -> working.get() == THREADS);
    }

    /**
     * Loses a server, under way as all is.
     *
     * @param keys of which acknowledged writes may be lost with it
     */
    void lose(RedisServer server, Predicate<String> keys) {
        mayLose = keys;
        server.kill();
        changed.set(true);
    }

    /** Waits until all keys of all threads can be read and written again. */
    void end() {
        Callers.await(running, ENDS_WITHIN);
    }

    private void keep(int thread, SplittableRandom random) {
        Cuttlestore<String> mine = thread % 2 == 0 ? store : async;
        List<Ledger> ledgers = new ArrayList<>();
        for (int i = 0; i < LEDGERS; i++) {
            ledgers.add(new Ledger(name + "." + thread + "." + i));
        }
        ledgers.forEach(ledger -> Recovery.await(WORKS_AGAIN_WITHIN, () -> {
            ledger.write(mine);
            return true;
        }));
        working.incrementAndGet();
        while (!changed.get()) {
            works(() -> use(ledgers.get(random.nextInt(LEDGERS)), mine, random));
        }
        useAfterwards(ledgers, mine, random);
    }

    private void use(Ledger ledger, Cuttlestore<String> mine, SplittableRandom random) {
        switch (random.nextInt(4)) {
            case 0 -> account(ledger, ledger.read(mine));
            case 1 -> ledger.replace(mine);
            default -> ledger.write(mine);
        }
    }

    /** Until each has been read, written and read again since the change. */
    private void useAfterwards(List<Ledger> ledgers, Cuttlestore<String> mine, SplittableRandom random) {
        Set<Ledger> pending = new HashSet<>(ledgers);
        long begin = System.nanoTime();
        while (!pending.isEmpty()) {
            Ledger ledger = ledgers.get(random.nextInt(LEDGERS));
            boolean read = works(() -> account(ledger, ledger.read(mine)));
            if (read) {
                int before = ledger.acknowledged();
                boolean written = works(() -> ledger.write(mine)) && ledger.acknowledged() > before;
                if (written && works(() -> account(ledger, ledger.read(mine)))) {
                    pending.remove(ledger);
                }
            }
            Pause.millis(read ? 0 : PAUSE_MILLIS);
            if (System.nanoTime() - begin > WORKS_AGAIN_WITHIN.toNanos()) {
                throw new AssertionError(
                        "after " + WORKS_AGAIN_WITHIN + " " + pending.size() + " keys do not work again");
            }
        }
        Recovery.note(Duration.ofNanos(System.nanoTime() - begin), tally);
        ledgers.forEach(ledger -> tally.count("acknowledged writes", ledger.acknowledged()));
    }

    private void account(Ledger ledger, int lost) {
        if (lost > 0 && !mayLose.test(ledger.key())) {
            throw new AssertionError(lost + " acknowledged writes to key '" + ledger.key()
                    + "' are missing, though its server is still there");
        }
        tally.count("acknowledged writes lost with a primary", lost);
        tally.count("acknowledged writes", lost);
    }

    private static boolean works(Runnable call) {
        try {
            call.run();
            return true;
        } catch (CuttlestoreException e) {
            return false;
        }
    }
}
