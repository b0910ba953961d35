package io.cuttlestore.reliability.soak;

import io.cuttlestore.BatchException;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.Entry;
import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.reliability.soak.Belief.Holding;
import io.cuttlestore.reliability.soak.Belief.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A thread's work on keys that are its own, and its model of them. Not thread-safe. */
final class Owner {
    private static final int KEYS = 500;
    private static final int MOST_TTL_MILLIS = 400;
    private static final int LONGEST_VALUE = 2_000;

    private final String prefix;
    private final LivingStore store;
    private final SplittableRandom random;
    private final Map<String, Belief> beliefs = new LinkedHashMap<>();
    private final List<String> keys = new ArrayList<>();
    private long operations;
    private long failures;
    private long unknown;
    private long values;

    Owner(String prefix, LivingStore store, long seed) {
        this.prefix = prefix;
        this.store = store;
        this.random = new SplittableRandom(seed);
        for (int i = 0; i < KEYS; i++) {
            keys.add(prefix + i);
            beliefs.put(prefix + i, new Belief());
        }
    }

    /** How a call ended. */
    private enum Fate {
        DONE,
        NOT_DONE,
        UNKNOWN
    }

    /**
     * A call that was made.
     *
     * @param reply if it was done
     */
    private record Made<R>(Fate fate, @Nullable R reply, Moment moment) {
        R replied() {
            if (reply == null) {
                throw new IllegalStateException("no reply");
            }
            return reply;
        }
    }

    long operations() {
        return operations;
    }

    long failures() {
        return failures;
    }

    long unknown() {
        return unknown;
    }

    /**
     * Does something.
     *
     * @throws AssertionError if the store did something else
     */
    void step() {
        String key = key();
        operations++;
        try {
            switch (random.nextInt(20)) {
                case 0, 1, 2 -> put(key, PutOptions.defaults(), Holding::forEver);
                case 3, 4 -> putForAWhile(key);
                case 5 -> write(key, store -> store.delete(key), moment -> List.of(Holding.NOTHING));
                case 6 -> putIfAbsent(key);
                case 7 -> replace(key);
                case 8 -> update(key);
                case 9 -> touch(key);
                case 10 -> getAndDelete(key);
                case 11 -> getAll();
                case 12 -> putAll();
                case 13 -> rarely(this::scan);
                case 14 -> async(key);
                default -> get(key);
            }
        } catch (AssertionError e) {
            throw new AssertionError("'" + key + "' or another of its owner: " + e.getMessage(), e);
        }
    }

    private void rarely(Runnable work) {
        if (random.nextInt(50) == 0) {
            work.run();
        }
    }

    private String key() {
        return keys.get(random.nextInt(KEYS));
    }

    private Belief belief(String key) {
        Belief belief = beliefs.get(key);
        if (belief == null) {
            throw new AssertionError("'" + key + "' is nobody's key");
        }
        return belief;
    }

    private String newValue() {
        values++;
        return "v" + values + "x".repeat(random.nextInt(10) == 0 ? random.nextInt(LONGEST_VALUE) : 0);
    }

    private <R> Made<R> call(Function<Cuttlestore<String>, R> call) {
        long begin = System.currentTimeMillis();
        Fate fate;
        R reply = null;
        try {
            reply = store.call(call);
            fate = Fate.DONE;
        } catch (OutcomeUnknownException e) {
            fate = Fate.UNKNOWN;
            unknown++;
        } catch (CuttlestoreException e) {
            requireTransient(e);
            fate = Fate.NOT_DONE;
            failures++;
        }
        return new Made<>(fate, reply, new Moment(begin, System.currentTimeMillis()));
    }

    private static void requireTransient(CuttlestoreException e) {
        if (!e.isTransient()) {
            throw new AssertionError("a failure that no fault explains: " + e, e);
        }
    }

    private void get(String key) {
        Made<Optional<String>> made = call(store -> store.get(key));
        if (made.fate() == Fate.DONE) {
            belief(key).found(made.replied(), made.moment());
        }
    }

    private void put(String key, PutOptions options, Function<String, Holding> holding) {
        String value = newValue();
        write(key, store -> store.put(key, value, options), moment -> List.of(holding.apply(value)));
    }

    private void putForAWhile(String key) {
        String value = newValue();
        int millis = 1 + random.nextInt(MOST_TTL_MILLIS);
        PutOptions options = PutOptions.ttl(Duration.ofMillis(millis));
        write(
                key,
                store -> store.put(key, value, options),
                moment -> List.of(Holding.forEver(value).lasting(millis, moment)));
    }

    /** A write in a call's own way. */
    @FunctionalInterface
    private interface Writing {
        void to(Cuttlestore<String> store);
    }

    private void write(String key, Writing writing, Function<Moment, List<Holding>> left) {
        Made<Boolean> made = call(store -> {
            writing.to(store);
            return true;
        });
        settle(key, made.fate(), () -> left.apply(made.moment()));
    }

    private void settle(String key, Fate fate, Supplier<List<Holding>> left) {
        if (fate == Fate.DONE) {
            belief(key).become(left.get());
        } else if (fate == Fate.UNKNOWN) {
            belief(key).mayBecome(left.get());
        }
    }

    private void putIfAbsent(String key) {
        String value = newValue();
        Made<Boolean> made = call(store -> store.putIfAbsent(key, value));
        if (made.fate() == Fate.DONE && !made.replied()) {
            belief(key).foundSome(made.moment());
            return;
        }
        if (made.fate() == Fate.DONE) {
            belief(key).foundNone(made.moment());
        }
        settle(key, made.fate(), () -> List.of(Holding.forEver(value)));
    }

    private void replace(String key) {
        Made<Optional<Entry<String>>> read = call(store -> store.entry(key));
        if (read.fate() != Fate.DONE) {
            return;
        }
        belief(key).found(read.replied().map(Entry::value), read.moment());
        if (read.replied().isEmpty()) {
            return;
        }
        Entry<String> entry = read.replied().get();
        String value = newValue();
        Made<Boolean> made = call(store -> store.replace(key, entry.version(), value));
        if (made.fate() == Fate.DONE && !made.replied()) {
            belief(key).foundNone(made.moment());
        } else {
            settle(key, made.fate(), () -> withValue(key, value));
        }
    }

    private List<Holding> withValue(String key, String value) {
        return belief(key).possible().stream()
                .map(holding -> holding.with(value))
                .toList();
    }

    private void update(String key) {
        String value = newValue();
        List<Optional<String>> seen = new ArrayList<>();
        Made<Optional<String>> made = call(store -> store.update(key, before -> {
            seen.add(before);
            return Optional.of(value);
        }));
        if (seen.isEmpty()) {
            return;
        }
        Optional<String> before = seen.get(seen.size() - 1);
        belief(key).found(before, made.moment());
        settle(key, made.fate(), () -> before.isEmpty() ? List.of(Holding.forEver(value)) : withValue(key, value));
    }

    private void touch(String key) {
        int millis = 1 + random.nextInt(MOST_TTL_MILLIS);
        Made<Boolean> made = call(store -> store.touch(key, Duration.ofMillis(millis)));
        if (made.fate() == Fate.DONE && !made.replied()) {
            belief(key).foundNone(made.moment());
            return;
        }
        if (made.fate() == Fate.DONE) {
            belief(key).foundSome(made.moment());
        }
        settle(
                key,
                made.fate(),
                () -> belief(key).possible().stream()
                        .filter(holding -> holding.value().isPresent())
                        .map(holding -> holding.lasting(millis, made.moment()))
                        .toList());
    }

    private void getAndDelete(String key) {
        Made<Optional<String>> made = call(store -> store.getAndDelete(key));
        if (made.fate() == Fate.DONE) {
            belief(key).found(made.replied(), made.moment());
        }
        settle(key, made.fate(), () -> List.of(Holding.NOTHING));
    }

    private Set<String> someKeys() {
        Set<String> some = new LinkedHashSet<>();
        for (int i = 0; i < 10; i++) {
            some.add(key());
        }
        return some;
    }

    private void getAll() {
        Set<String> some = someKeys();
        Made<Map<String, String>> made = call(store -> store.getAll(some));
        if (made.fate() == Fate.DONE) {
            some.forEach(
                    key -> belief(key).found(Optional.ofNullable(made.replied().get(key)), made.moment()));
        }
    }

    private void putAll() {
        Map<String, String> entries = new LinkedHashMap<>();
        someKeys().forEach(key -> entries.put(key, newValue()));
        Map<String, CuttlestoreException> causes = new HashMap<>();
        Made<Boolean> made = call(store -> {
            try {
                store.putAll(entries);
            } catch (BatchException e) {
                causes.putAll(e.causes());
            }
            return true;
        });
        entries.forEach((key, value) -> {
            Fate fate = made.fate() == Fate.DONE ? fate(causes.get(key)) : made.fate();
            settle(key, fate, () -> List.of(Holding.forEver(value)));
        });
    }

    private static Fate fate(@Nullable CuttlestoreException cause) {
        if (cause == null) {
            return Fate.DONE;
        }
        if (cause instanceof OutcomeUnknownException) {
            return Fate.UNKNOWN;
        }
        requireTransient(cause);
        return Fate.NOT_DONE;
    }

    private void async(String key) {
        String value = newValue();
        write(
                key,
                store -> {
                    try {
                        store.async().put(key, value).join();
                    } catch (CompletionException e) {
                        throw e.getCause() instanceof CuttlestoreException cause ? cause : e;
                    }
                },
                moment -> List.of(Holding.forEver(value)));
    }

    /** Compares all of its keys with a scan. */
    void scan() {
        Made<Map<String, String>> made = call(store -> {
            Map<String, String> found = new HashMap<>();
            ScanOptions options = ScanOptions.prefix(prefix).pageSize(100).distinct();
            try (Stream<Entry<String>> entries = store.scan(options)) {
                entries.forEach(entry -> found.put(entry.key(), entry.value()));
            }
            return found;
        });
        if (made.fate() == Fate.DONE) {
            made.replied().keySet().forEach(this::belief);
            keys.forEach(
                    key -> belief(key).found(Optional.ofNullable(made.replied().get(key)), made.moment()));
        }
    }

    /**
     * Compares each of its keys, when nothing goes wrong any more.
     *
     * @throws AssertionError if one has something else, or can't be read
     */
    void compare() {
        long failedBefore = failures + unknown;
        keys.forEach(this::get);
        scan();
        if (failures + unknown > failedBefore) {
            throw new AssertionError("calls fail though nothing goes wrong any more");
        }
    }
}
