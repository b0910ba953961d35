package io.cuttlestore.reliability.network;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.testkit.Effect;
import io.cuttlestore.testkit.History;
import io.cuttlestore.testkit.Linearizability;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/** The beginning and the end of what happened to a store, and the verdict on it. */
final class Histories {
    private static final Duration DECIDED_WITHIN = Duration.ofSeconds(20);

    /** What makes values long. */
    static final String FILLING = "x";

    private static final Pattern FILLED = Pattern.compile(FILLING + "{3,}");

    private Histories() {}

    /** Writes entries, as often as it takes. */
    static void begin(Map<String, String> entries, Cuttlestore<String> store, History history, Duration within) {
        long begin = System.nanoTime();
        Recovery.await(within, () -> {
            store.putAll(entries);
            return true;
        });
        long end = System.nanoTime();
        entries.forEach(
                (key, value) -> history.add(key, "at first put", begin, end, new Effect.Write(Optional.of(value))));
    }

    /** Reads what has come of entries, as often as it takes. */
    static void end(Collection<String> keys, Cuttlestore<String> store, History history, Duration within) {
        for (String key : keys) {
            Recovery.await(within, () -> {
                long invoked = System.nanoTime();
                Optional<String> found = store.get(key);
                history.add(key, "at last get", invoked, System.nanoTime(), Effect.found(found));
                return true;
            });
        }
    }

    /**
     * Requires that each operation can have taken effect at one moment.
     *
     * @throws AssertionError if not, or if that can't be decided in a reasonable time
     */
    static void requireLinearizable(History history) {
        CompletableFuture<Void> verdict = Callers.run(() -> {
            Linearizability.Verdict found = Linearizability.judge(history);
            if (found.decision() != Linearizability.Decision.LINEARIZABLE) {
                throw new AssertionError(FILLED.matcher(found.why()).replaceAll(FILLING + ".."));
            }
        });
        Callers.await(List.of(verdict), DECIDED_WITHIN);
    }
}
