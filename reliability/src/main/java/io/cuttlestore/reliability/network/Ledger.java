package io.cuttlestore.reliability.network;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Entry;
import io.cuttlestore.OutcomeUnknownException;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** What one thread, the only one that writes to it, knows of a key: its values are numbered. Used by one thread. */
final class Ledger {
    private final String key;
    private final NavigableSet<Integer> acknowledged = new TreeSet<>();
    private int newest;

    Ledger(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    /** How many writes were acknowledged and are not known to be missing. */
    int acknowledged() {
        return acknowledged.size();
    }

    /** Writes the next value. */
    void write(Cuttlestore<String> store) {
        String next = next();
        try {
            store.put(key, next);
            acknowledged.add(newest);
        } catch (OutcomeUnknownException e) {
            // it may be found, and need not be
        }
    }

    /** Writes the next value in place of what is there. */
    void replace(Cuttlestore<String> store) {
        Optional<Entry<String>> seen = store.entry(key);
        if (seen.isEmpty()) {
            return;
        }
        String next = next();
        try {
            if (store.replace(key, seen.get().version(), next)) {
                acknowledged.add(newest);
            }
        } catch (OutcomeUnknownException e) {
            // it may be found, and need not be
        }
    }

    private String next() {
        newest++;
        return Watch.value(key, Integer.toString(newest));
    }

    /**
     * Reads the value, and returns how many acknowledged writes are missing.
     *
     * @throws AssertionError if it was never written
     */
    int read(Cuttlestore<String> store) {
        int found = store.get(key)
                .map(value -> Integer.parseInt(Watch.unique(value)))
                .orElse(0);
        if (found > newest) {
            throw new AssertionError(
                    "key '" + key + "' has value " + found + " though only " + newest + " were written");
        }
        NavigableSet<Integer> missing = acknowledged.tailSet(found, false);
        int lost = missing.size();
        missing.clear();
        return lost;
    }
}
