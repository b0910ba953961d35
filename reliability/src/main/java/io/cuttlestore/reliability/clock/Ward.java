package io.cuttlestore.reliability.clock;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.PutOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A store whose deadlines are watched. All times are those of the clock that decides for it, in milliseconds. Not thread-safe. */
final class Ward {
    private static final long NEVER = Long.MAX_VALUE / 2;

    private final String name;
    private final Cuttlestore<String> store;
    private final Shift shift;
    private final long slack;
    private final WallClock clock;
    private final Map<String, Fate> fates = new TreeMap<>();
    private int decided;

    /** @param slack how late an entry may be seen, or missed too early */
    Ward(String name, Cuttlestore<String> store, Shift shift, long slack, WallClock clock) {
        this.name = name;
        this.store = store;
        this.shift = shift;
        this.slack = slack;
        this.clock = clock;
    }

    /** How far the clock that decides is ahead of the true time. */
    @FunctionalInterface
    interface Shift {
        long millis();
    }

    /** What was written, and between which times it expires. */
    private record Fate(String value, long earliest, long latest) {}

    String name() {
        return name;
    }

    Cuttlestore<String> store() {
        return store;
    }

    /** How often it was plain whether an entry had to be there. */
    int decided() {
        return decided;
    }

    private long now() {
        return WallClock.trueTime() + shift.millis();
    }

    void put(String key, String value, @Nullable Duration ttl) {
        long before = now();
        store.put(key, value, ttl == null ? PutOptions.never() : PutOptions.ttl(ttl));
        long after = now() + 1;
        long life = ttl == null ? NEVER : ttl.toMillis();
        fates.put(key, new Fate(value, before + life, after + life));
    }

    /** Puts with a deadline on the calendar. */
    void putUntil(String key, String value, Duration ttl) {
        long deadline = now() + ttl.toMillis();
        store.put(key, value, PutOptions.expireAt(Instant.ofEpochMilli(clock.epochMillis(deadline))));
        fates.put(key, new Fate(value, deadline - 1, deadline + 1));
    }

    void putIfAbsent(String key, String value, Duration ttl) {
        long before = now();
        boolean written = store.putIfAbsent(key, value, PutOptions.ttl(ttl));
        long after = now() + 1;
        require(key, before, after, !written, null);
        if (written) {
            fates.put(key, new Fate(value, before + ttl.toMillis(), after + ttl.toMillis()));
        }
    }

    void touch(String key, Duration ttl) {
        long before = now();
        boolean touched = store.touch(key, ttl);
        long after = now() + 1;
        require(key, before, after, touched, null);
        Fate fate = fates.get(key);
        if (touched && fate != null) {
            fates.put(key, new Fate(fate.value, before + ttl.toMillis(), after + ttl.toMillis()));
        }
    }

    /** Reads all keys. */
    void check() {
        for (String key : fates.keySet()) {
            long before = now();
            Optional<String> found = store.get(key);
            require(key, before, now() + 1, found.isPresent(), found.orElse(null));
        }
    }

    private void require(String key, long before, long after, boolean found, @Nullable String value) {
        Fate fate = fates.get(key);
        if (fate == null) {
            if (found) {
                throw new AssertionError(name + ": " + key + " is there, though nobody wrote it");
            }
            return;
        }
        if (found && before > fate.latest + slack) {
            throw new AssertionError(
                    name + ": " + key + " is there " + (before - fate.latest) + " ms after its deadline");
        }
        if (!found && after + slack < fate.earliest) {
            throw new AssertionError(
                    name + ": " + key + " is lost " + (fate.earliest - after) + " ms before its deadline");
        }
        if (value != null && !value.equals(fate.value)) {
            throw new AssertionError(name + ": " + key + " has " + value + " instead of " + fate.value);
        }
        decided += before > fate.latest + slack || after + slack < fate.earliest ? 1 : 0;
    }

    /** Lines for whoever opens the store later: key, value, deadline since 1970, whether it had expired here. */
    void print() {
        fates.forEach((key, fate) -> System.out.println(String.join(
                "\t",
                name,
                key,
                fate.value,
                Long.toString(clock.epochMillis(fate.earliest)),
                Boolean.toString(now() + slack >= fate.earliest))));
    }
}
