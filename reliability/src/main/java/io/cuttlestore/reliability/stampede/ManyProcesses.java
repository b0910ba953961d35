package io.cuttlestore.reliability.stampede;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.PutOptions;
import io.cuttlestore.reliability.Peers;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Stores;
import io.cuttlestore.reliability.Tally;
import io.cuttlestore.reliability.Trial;
import io.cuttlestore.reliability.stampede.Crowd.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/** Threads of several processes ask for the value of one key that has expired: one load in each at most, one value. */
final class ManyProcesses implements Trial.Session {
    private static final int PROCESSES = 2;
    private static final int THREADS_EACH = Stampede.THREADS / PROCESSES;
    private static final long RELEASED_WITHIN_SECONDS = 60;
    private static final long LOAD_NANOS = 10_000_000;
    private static final String KEY = "k";

    private final Stores stores;
    private final Tally tally;
    private final Peers peers;

    ManyProcesses(Stores stores, Site site) throws IOException {
        this.stores = stores;
        this.tally = site.tally();
        this.peers = Peers.start(ManyProcesses.class, PROCESSES, site.folder());
    }

    /**
     * One of the processes.
     *
     * @param arguments its number
     */
    public static void main(String[] arguments) throws Exception {
        try (Crowd crowd = Crowd.ofPlatformThreads(THREADS_EACH)) {
            Peers.serve(connectionString -> new Rush(
                    crowd,
                    Cuttlestore.builder(connectionString)
                            .timeout(Stampede.PATIENCE)
                            .connect(),
                    "loaded by " + arguments[0]));
        }
    }

    private record Rush(Crowd crowd, CuttlestoreConnection connection, String value) implements Peers.Play {
        /** How many loads there were, and what the callers got. */
        @Override
        public List<String> perform() throws Exception {
            Cuttlestore<String> store = connection.store(String.class);
            Loads loads = new Loads();
            Function<String, String> loader = loads.counting(absent -> {
                LockSupport.parkNanos(LOAD_NANOS);
                return value;
            });
            List<Outcome> outcomes = crowd.charge(caller -> store.computeIfAbsent(KEY, loader))
                    .await(crowd.size(), RELEASED_WITHIN_SECONDS);
            List<String> lines = new ArrayList<>(List.of(Integer.toString(loads.begun())));
            outcomes.stream().map(Outcome::toString).distinct().forEach(lines::add);
            return lines;
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    @Override
    public void attempt(long seed) throws Exception {
        String connectionString = stores.fresh();
        try (Cuttlestore<String> store = Cuttlestore.open(connectionString, String.class)) {
            store.put(KEY, "expired", PutOptions.ttl(Duration.ofMillis(1)));
            Stampede.awaitAbsent(store, KEY);
            Set<String> results = new HashSet<>();
            for (List<String> answer : peers.perform(connectionString)) {
                int loads = Integer.parseInt(answer.get(0));
                if (loads > 1) {
                    throw new AssertionError(loads + " loads of one key in one process");
                }
                tally.count("loads in processes that shared a store", loads);
                tally.count("callers who got the one value", THREADS_EACH);
                results.addAll(answer.subList(1, answer.size()));
            }
            Set<String> expected = Set.of("value " + store.get(KEY).orElseThrow());
            if (!results.equals(expected)) {
                throw new AssertionError("callers of several processes got " + results + ", not " + expected);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (stores) {
            peers.close();
        }
    }
}
