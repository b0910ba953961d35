package io.cuttlestore.reliability;

import java.util.Map;
import java.util.TreeMap;

/** Counts what a trial met. Thread-safe. */
public final class Tally {
    private final Map<String, Long> counts = new TreeMap<>();

    /** Counts one more. */
    public void count(String what) {
        count(what, 1);
    }

    /** Counts so many more. */
    public synchronized void count(String what, long more) {
        counts.merge(what, more, Long::sum);
    }

    /** Keeps the largest. */
    public synchronized void most(String what, long value) {
        counts.merge(what, value, Math::max);
    }

    /** What was counted, by name. */
    public synchronized Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }
}
