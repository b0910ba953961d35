package io.cuttlestore.reliability.syscalls;

import io.cuttlestore.AccessDeniedException;
import io.cuttlestore.BatchException;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.Entry;
import io.cuttlestore.StoreFullException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.StoreUnavailableException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What each key may hold, by the {@linkplain Values#name names} of values: one value after a write that was acknowledged,
 * the old or the new one after a write that failed.
 */
final class Ledger {
    private static final Set<String> NOTHING = Set.of(Values.ABSENT);

    private final Map<String, Set<String>> possible = new TreeMap<>();

    Set<String> of(String key) {
        return possible.getOrDefault(key, NOTHING);
    }

    /** Makes a call on a store, and notes what came of it. What it throws is what the call does. */
    void carryOut(Step step, Cuttlestore<String> store) throws Exception {
        try {
            acknowledge(step, step.call().on(store));
        } catch (CuttlestoreException e) {
            doubt(step, e);
            throw e;
        }
    }

    /** The step took place, and replied what it could only reply to some of the states that were possible. */
    private void acknowledge(Step step, Map<String, Step.Sight> reply) {
        step.changes().forEach((key, change) -> {
            Step.Sight sight = reply.getOrDefault(key, before -> true);
            Set<String> after = of(key).stream()
                    .filter(sight::fits)
                    .map(change::after)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (after.isEmpty()) {
                throw new AssertionError(
                        "the reply of " + step.name() + " does not fit any of " + of(key) + " under " + key);
            }
            possible.put(key, after);
        });
    }

    /** The step failed: what it was to change is as it was or as it was to be, unless the failure promises more. */
    private void doubt(Step step, CuttlestoreException failure) {
        if (failure instanceof BatchException batch) {
            step.changes().forEach((key, change) -> {
                CuttlestoreException cause = batch.causes().get(key);
                if (cause == null) {
                    possible.put(
                            key, of(key).stream().map(change::after).collect(Collectors.toCollection(TreeSet::new)));
                } else {
                    doubt(key, change, cause);
                }
            });
        } else {
            step.changes().forEach((key, change) -> doubt(key, change, step.isAtomic() ? failure : null));
        }
    }

    private void doubt(String key, Step.Change change, @Nullable CuttlestoreException failure) {
        if (failure instanceof StoreFullException
                || failure instanceof StoreUnavailableException
                || failure instanceof StoreTimeoutException
                || failure instanceof AccessDeniedException) {
            return;
        }
        Set<String> either = new TreeSet<>(of(key));
        of(key).forEach(before -> either.add(change.after(before)));
        possible.put(key, either);
    }

    /** Compares with all that can be read from a store, by one key and by scanning. */
    void require(Cuttlestore<String> store) {
        Map<String, String> scanned;
        try (Stream<Entry<String>> entries = store.scan()) {
            scanned = entries.collect(Collectors.toMap(Entry::key, entry -> Values.name(entry.value())));
        }
        Set<String> keys = new TreeSet<>(possible.keySet());
        keys.addAll(scanned.keySet());
        for (String key : keys) {
            String found = store.get(key).map(Values::name).orElse(Values.ABSENT);
            String seen = scanned.getOrDefault(key, Values.ABSENT);
            if (!of(key).contains(found) || !found.equals(seen)) {
                throw new AssertionError(
                        key + " should hold one of " + of(key) + ", but holds " + found + ", and in a scan " + seen);
            }
        }
    }

    /** One line, which {@link #parse} reads. */
    @Override
    public String toString() {
        return possible.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + String.join(",", entry.getValue()))
                .collect(Collectors.joining(";"));
    }

    static Ledger parse(String line) {
        Ledger ledger = new Ledger();
        for (String entry : line.isEmpty() ? new String[0] : line.split(";", -1)) {
            int equals = entry.indexOf('=');
            ledger.possible.put(
                    entry.substring(0, equals),
                    new TreeSet<>(Set.of(entry.substring(equals + 1).split(",", -1))));
        }
        return ledger;
    }
}
