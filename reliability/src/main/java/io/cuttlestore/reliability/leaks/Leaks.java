package io.cuttlestore.reliability.leaks;

import io.cuttlestore.AsyncCuttlestore;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.Entry;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Stores;
import io.cuttlestore.reliability.Tally;
import io.cuttlestore.reliability.Trial;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Opens and closes connections, fails to, abandons streams and cancels futures, in rounds. After each, the process holds
 * what it held after the first ones.
 */
final class Leaks implements Trial.Session {
    static final int OPENS_A_ROUND = 100;

    private static final int FAILED_OPENS = 5;
    private static final int STREAMS = 10;
    private static final int FUTURES = 100;
    private static final int ENTRIES = 200;
    private static final int WARM_UP_ROUNDS = 2;

    /** Less than 210 bytes for each of 10,000 connections; more than what the JVM itself keeps about code it has compiled. */
    private static final long HEAP_ALLOWED = 2 << 20;

    /** Idle threads end by themselves, the last after 5 s. */
    private static final long SECONDS_TO_SETTLE = 10;

    private final Stores stores;
    private final Tally tally;
    private final Closing closing;
    private final long secondsToSettle;
    private final FailedOpens failedOpens;
    private final String connectionString;
    private @Nullable Level usual;
    private int failed;

    Leaks(String backend, Site site) throws IOException, SQLException {
        this(backend, site, CuttlestoreConnection::close, SECONDS_TO_SETTLE);
    }

    Leaks(String backend, Site site, Closing closing, long secondsToSettle) throws IOException, SQLException {
        this.stores = Stores.of(backend, site);
        this.tally = site.tally();
        this.closing = closing;
        this.secondsToSettle = secondsToSettle;
        this.failedOpens = new FailedOpens(backend, stores, site.folder());
        this.connectionString = stores.fresh();
    }

    /** How a connection is closed. */
    @FunctionalInterface
    interface Closing {
        void close(CuttlestoreConnection connection);
    }

    @Override
    public void attempt(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Level before = usual == null ? warmUp(random) : usual;
        usual = before;
        round(random);
        requireLevel(before);
    }

    private Level warmUp(SplittableRandom random) throws IOException, InterruptedException {
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            round(random);
        }
        TimeUnit.SECONDS.sleep(1);
        return Level.now();
    }

    private void requireLevel(Level usual) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsToSettle);
        String growth = Level.now().growthSince(usual, HEAP_ALLOWED);
        while (!growth.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("what was opened and closed has left " + growth);
            }
            TimeUnit.MILLISECONDS.sleep(100);
            growth = Level.now().growthSince(usual, HEAP_ALLOWED);
        }
    }

    private void round(SplittableRandom random) throws IOException {
        for (int i = 0; i < OPENS_A_ROUND; i++) {
            CuttlestoreConnection connection = CuttlestoreConnection.open(connectionString);
            use(connection.store(String.class), random);
            closing.close(connection);
        }
        tally.count("connections opened and closed", OPENS_A_ROUND);
        for (int i = 0; i < FAILED_OPENS; i++) {
            tally.count("opens that failed with " + failedOpens.fail(failed));
            failed++;
        }
        CuttlestoreConnection connection = CuttlestoreConnection.open(connectionString);
        Cuttlestore<String> store = connection.store(String.class);
        abandonStreams(store, random);
        cancelFutures(store.async(), random);
        closing.close(connection);
    }

    /** A connection that was used holds more than one that was not. */
    private static void use(Cuttlestore<String> store, SplittableRandom random) {
        String key = "k" + random.nextInt(10);
        switch (random.nextInt(6)) {
            case 0 -> store.put(key, "v");
            case 1 -> store.get(key);
            case 2 -> store.update(key, seen -> Optional.of("w"));
            case 3 -> store.async().put(key, "x").join();
            case 4 -> store.computeIfAbsent(key, absent -> "y");
            default -> store.page(ScanOptions.all().pageSize(5));
        }
    }

    private void abandonStreams(Cuttlestore<String> store, SplittableRandom random) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        for (int i = 0; i < ENTRIES; i++) {
            entries.put("e" + i, "v");
        }
        store.putAll(entries);
        readSome(store, ENTRIES);
        List<String> before = Level.handlesNow();
        for (int i = 0; i < STREAMS; i++) {
            readSome(store, random.nextInt(ENTRIES));
            try (Stream<Entry<String>> closed = store.scan(ScanOptions.all().pageSize(10))) {
                readSome(closed, random.nextInt(ENTRIES));
            }
        }
        List<String> after = Level.handlesNow();
        if (after.size() > before.size()) {
            throw new AssertionError("streams that were abandoned hold file handles: " + after + ", before " + before);
        }
        tally.count("streams not read to their end, half of them not closed", 2L * STREAMS);
    }

    /** Leaves the stream open. */
    private static void readSome(Cuttlestore<String> store, int entries) {
        readSome(store.scan(ScanOptions.all().pageSize(10)), entries);
    }

    private static void readSome(Stream<Entry<String>> stream, int entries) {
        Iterator<Entry<String>> iterator = stream.iterator();
        for (int i = 0; i < entries && iterator.hasNext(); i++) {
            iterator.next();
        }
    }

    private void cancelFutures(AsyncCuttlestore<String> store, SplittableRandom random) {
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < FUTURES; i++) {
            String key = "k" + random.nextInt(10);
            futures.add(
                    switch (random.nextInt(4)) {
                        case 0 -> store.get(key);
                        case 1 -> store.put(key, "v");
                        case 2 -> store.update(key, seen -> Optional.of("w"));
                        default -> store.getAll(List.of(key));
                    });
        }
        long cancelled = futures.stream().filter(future -> future.cancel(true)).count();
        tally.count("futures cancelled before they were done", cancelled);
    }

    @Override
    public void close() throws IOException {
        try (stores) {
            failedOpens.close();
        }
    }
}
