package io.cuttlestore.reliability.stampede;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreBuilder;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.PutOptions;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Stores;
import io.cuttlestore.reliability.Tally;
import io.cuttlestore.reliability.Trial;
import io.cuttlestore.reliability.stampede.Crowd.Charge;
import io.cuttlestore.reliability.stampede.Crowd.Outcome;
import io.cuttlestore.testkit.FakeClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** Very many threads ask for the value of one key that has expired, through two connections where two see one store. */
final class Stampede implements Trial.Session {
    static final int THREADS = 1_000;

    /** Long enough for a thousand callers on a busy machine. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration IMPATIENCE = Duration.ofMillis(300);
    private static final long RELEASED_WITHIN_SECONDS = 60;
    private static final long MOST_NANOS_OF_A_LOAD = 30_000_000;

    private final Stores stores;
    private final Asking asking;
    private final Tally tally;
    private final FakeClock clock = FakeClock.at(Instant.parse("2030-01-01T00:00:00Z"));
    private final List<CuttlestoreConnection> connections = new ArrayList<>();
    private final List<Crowd> crowds = new ArrayList<>();
    private int keys;

    Stampede(Stores stores, Site site) {
        this(stores, site, Cuttlestore::computeIfAbsent);
    }

    Stampede(Stores stores, Site site, Asking asking) {
        this.stores = stores;
        this.asking = asking;
        this.tally = site.tally();
        String connectionString = stores.fresh();
        connections.add(open(connectionString));
        if (!connections.get(0).capabilities().traits().inProcess()) {
            connections.add(open(connectionString));
        }
        crowds.add(Crowd.ofPlatformThreads(THREADS));
        Crowd.ofVirtualThreads(THREADS).ifPresent(crowds::add);
    }

    /** How callers ask for a value that may have to be loaded. */
    @FunctionalInterface
    interface Asking {
        String ask(Cuttlestore<String> store, String key, Function<String, String> loader);
    }

    private CuttlestoreConnection open(String connectionString) {
        CuttlestoreBuilder builder = Cuttlestore.builder(connectionString).timeout(PATIENCE);
        return (stores.takeAClock() ? builder.clock(clock) : builder).connect();
    }

    @Override
    public void attempt(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Crowd crowd = crowds.get(random.nextInt(crowds.size()));
        if (crowd != crowds.get(0)) {
            tally.count("attempts on virtual threads");
        }
        load(crowd, random);
        fail(crowd, random);
        hang(crowd);
        recur(crowd, random.nextBoolean());
    }

    private Cuttlestore<String> store(int caller) {
        return connections.get(caller % connections.size()).store(String.class);
    }

    private String expiredKey() {
        keys++;
        String key = "k" + keys;
        store(0).put(key, "expired", PutOptions.ttl(Duration.ofMillis(1)));
        clock.advance(Duration.ofMillis(2));
        awaitAbsent(store(0), key);
        return key;
    }

    static void awaitAbsent(Cuttlestore<String> store, String key) {
        Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> !store.contains(key));
    }

    /** One loads, and all get what it made. */
    private void load(Crowd crowd, SplittableRandom random) throws InterruptedException {
        String key = expiredKey();
        long nanos = random.nextLong(MOST_NANOS_OF_A_LOAD);
        Loads loads = new Loads();
        Function<String, String> loader = loads.counting(absent -> {
            LockSupport.parkNanos(nanos);
            return "loaded " + absent;
        });
        List<Outcome> outcomes = stampede(crowd, key, loader);
        require(outcomes, outcome -> ("loaded " + key).equals(outcome.value()), "the value that was loaded");
        loads.requireOne();
        requireLoadable(key, "loaded " + key);
        tally.count("callers who got the value of one load", outcomes.size());
    }

    /** One throws; those who waited for it get what it threw, the next one loads again. */
    private void fail(Crowd crowd, SplittableRandom random) throws InterruptedException {
        String key = expiredKey();
        long nanos = random.nextLong(MOST_NANOS_OF_A_LOAD);
        Loads loads = new Loads();
        Function<String, String> loader = loads.counting(absent -> {
            LockSupport.parkNanos(nanos);
            throw new PlantedException();
        });
        List<Outcome> outcomes = stampede(crowd, key, loader);
        require(outcomes, outcome -> outcome.failure() instanceof PlantedException, "what the loader threw");
        loads.requireOneAtATime();
        requireLoadable(key, "loaded after all");
        tally.count("callers who got what a loader threw", outcomes.size());
        tally.count("loaders that threw", loads.begun());
    }

    /** One does not end; all others are released when their time is up. */
    private void hang(Crowd crowd) throws InterruptedException {
        String key = expiredKey();
        CountDownLatch hanging = new CountDownLatch(1);
        Loads loads = new Loads();
        Function<String, String> loader = loads.counting(absent -> {
            await(hanging);
            return "loaded at last";
        });
        Charge charge = crowd.charge(caller -> asking.ask(store(caller).withTimeout(IMPATIENCE), key, loader));
        List<Outcome> released;
        try {
            released = charge.await(crowd.size() - 1, RELEASED_WITHIN_SECONDS);
        } finally {
            hanging.countDown();
        }
        List<Outcome> last = charge.await(1, RELEASED_WITHIN_SECONDS);
        require(
                released,
                outcome -> outcome.failure() instanceof StoreTimeoutException timeout && timeout.isTransient(),
                "a transient timeout");
        require(last, outcome -> "loaded at last".equals(outcome.value()), "the value that was loaded");
        loads.requireOneAtATime();
        requireLoadable(key, "loaded at last");
        tally.count("callers released from a loader that hung", released.size());
        long longest = released.stream().mapToLong(Outcome::nanos).max().orElse(0);
        tally.most("longest wait of these in ms, whose time was 300 ms", TimeUnit.NANOSECONDS.toMillis(longest));
    }

    /** Each asks for its own key, directly or through another one. */
    private void recur(Crowd crowd, boolean directly) throws InterruptedException {
        String key = expiredKey();
        Loads loads = new Loads();
        Function<String, String> again = loads.counting(absent -> asking.ask(store(1), key, other -> "never"));
        Function<String, String> loader = directly ? again : absent -> asking.ask(store(1), key + " other", again);
        List<Outcome> outcomes = stampede(crowd, key, loader);
        require(outcomes, outcome -> outcome.failure() instanceof IllegalStateException, "a refusal");
        loads.requireOneAtATime();
        requireLoadable(key, "loaded after all");
        tally.count("callers refused since the loader asked for its own key", outcomes.size());
    }

    private List<Outcome> stampede(Crowd crowd, String key, Function<String, String> loader)
            throws InterruptedException {
        return crowd.charge(caller -> asking.ask(store(caller), key, loader))
                .await(crowd.size(), RELEASED_WITHIN_SECONDS);
    }

    /** What happened to a key must not keep it from being loaded. */
    private void requireLoadable(String key, String expected) {
        String found = asking.ask(store(0), key, absent -> "loaded after all");
        if (!found.equals(expected)) {
            throw new AssertionError("'" + key + "' has '" + found + "', not '" + expected + "'");
        }
    }

    private static void require(List<Outcome> outcomes, Predicate<Outcome> expected, String what) {
        List<Outcome> others = outcomes.stream().filter(expected.negate()).toList();
        if (!others.isEmpty()) {
            throw new AssertionError(
                    others.size() + " of " + outcomes.size() + " callers did not get " + what + "; the first got "
                            + others.get(0),
                    others.get(0).failure());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a loader throws here and nowhere else. */
    private static final class PlantedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public void close() throws IOException {
        crowds.forEach(Crowd::close);
        connections.forEach(CuttlestoreConnection::close);
        stores.close();
    }
}
