package io.cuttlestore.reliability.leaks;

import static org.awaitility.Awaitility.await;

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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Future;
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

    /** Threads that were told to end may take a while on a busy machine. */
    private static final Duration SETTLING = Duration.ofSeconds(10);

    private final Stores stores;
    private final Tally tally;
    private final Closing closing;
    private final Duration settling;
    private final FailedOpens failedOpens;
    private final String connectionString;
    private @Nullable Level usual;
    private int failed;

    Leaks(String backend, Site site) throws IOException, SQLException {
        this(backend, site, CuttlestoreConnection::close, SETTLING);
    }

    Leaks(String backend, Site site, Closing closing, Duration settling) throws IOException, SQLException {
        this.stores = Stores.of(backend, site);
        this.tally = site.tally();
        this.closing = closing;
        this.settling = settling;
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
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .atMost(settling)
                .untilAsserted(() -> Level.now().requireNoMoreThan(before, HEAP_ALLOWED));
    }

    private Level warmUp(SplittableRandom random) throws IOException {
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            round(random);
        }
        return Level.now();
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
        Map<String, Long> before = Level.handlesNow();
        for (int i = 0; i < STREAMS; i++) {
            readSome(store, random.nextInt(ENTRIES));
            try (Stream<Entry<String>> closed = store.scan(ScanOptions.all().pageSize(10))) {
                readSome(closed, random.nextInt(ENTRIES));
            }
        }
        List<String> held = Level.moreHandles(Level.handlesNow(), before);
        if (!held.isEmpty()) {
            throw new AssertionError("streams that were abandoned hold " + held);
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
