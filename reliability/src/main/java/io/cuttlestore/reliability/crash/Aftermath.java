package io.cuttlestore.reliability.crash;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.reliability.Tally;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Opens stores again whose {@link Writers} came to a sudden end, compares them with what was promised, and empties them. */
final class Aftermath {
    private static final Duration OPEN_WITHIN = Duration.ofSeconds(2);

    private final List<Bet> bets;
    private final Tally tally;

    Aftermath(List<Bet> bets, Tally tally) {
        this.bets = bets;
        this.tally = tally;
    }

    /**
     * A store that is written to, and what it promises.
     *
     * @param store its connection string
     */
    record Bet(String store, Promise promise) {}

    List<String> stores() {
        return bets.stream().map(Bet::store).toList();
    }

    /**
     * Compares.
     *
     * @param seed of the writers
     * @param acknowledged how many steps of each thread were
     */
    void require(long seed, int[] acknowledged) {
        for (int i = 0; i < bets.size(); i++) {
            require(bets.get(i), i * Writers.PER_STORE, seed, acknowledged);
        }
    }

    private void require(Bet bet, int firstThread, long seed, int[] acknowledged) {
        long begin = System.nanoTime();
        try (CuttlestoreConnection connection = CuttlestoreConnection.open(bet.store())) {
            Cuttlestore<String> store = connection.store(String.class);
            store.contains("any");
            requireInTime(Duration.ofNanos(System.nanoTime() - begin));
            Set<String> keys = new HashSet<>();
            for (int thread = firstThread; thread < firstThread + Writers.PER_STORE; thread++) {
                Script script = Writers.script(thread, seed);
                bet.promise().require(store, script, acknowledged[thread], tally);
                keys.addAll(script.keys());
            }
            requireNoOthers(store, keys);
            store.deleteAll(keys);
        } catch (AssertionError e) {
            throw new AssertionError(bet.store() + ": " + e.getMessage(), e);
        }
    }

    private void requireInTime(Duration opened) {
        tally.most("ms to open again at most", opened.toMillis());
        if (opened.compareTo(OPEN_WITHIN) > 0) {
            throw new AssertionError("took " + opened.toMillis() + " ms to open again");
        }
    }

    private static void requireNoOthers(Cuttlestore<String> store, Set<String> keys) {
        try (Stream<String> found = store.keys(ScanOptions.all())) {
            Set<String> others = found.filter(key -> !keys.contains(key)).collect(Collectors.toSet());
            if (!others.isEmpty()) {
                throw new AssertionError("keys that nobody wrote: " + others);
            }
        }
    }
}
