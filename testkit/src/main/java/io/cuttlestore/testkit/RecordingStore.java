package io.cuttlestore.testkit;

import io.cuttlestore.BatchException;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.Entry;
import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.Page;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.UnsupportedCapabilityException;
import io.cuttlestore.Version;
import io.cuttlestore.testkit.History.Effect;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Calls a store and writes into a {@link History} what happened. Calls that fail without having been carried out leave no
 * trace; those whose outcome is unknown are recorded as such. For the history to say anything, each value must be written
 * once only. Thread-safe.
 *
 * @param <V> the values
 */
public final class RecordingStore<V> {
    private final Cuttlestore<V> store;
    private final History<V> history;

    public RecordingStore(Cuttlestore<V> store, History<V> history) {
        this.store = store;
        this.history = history;
    }

    /** Reads a value. */
    public void get(String key) {
        record(key, "get", () -> store.get(key), RecordingStore::observed, state -> Set.of(state));
    }

    /** Reads an entry and returns it, for the conditional writes. */
    public Optional<Entry<V>> entry(String key) {
        return record(
                        key,
                        "entry",
                        () -> store.entry(key),
                        entry -> observed(entry.map(Entry::value)),
                        state -> Set.of(state))
                .flatMap(entry -> entry);
    }

    /** Asks whether there is a value. */
    public void contains(String key) {
        record(
                key,
                "contains",
                () -> store.contains(key),
                found -> state -> when(state.isPresent() == found, state),
                state -> Set.of(state));
    }

    /** Writes a value. */
    public void put(String key, V value) {
        Effect<V> effect = state -> Set.of(Optional.of(value));
        record(
                key,
                "put " + value,
                () -> {
                    store.put(key, value);
                    return "done";
                },
                done -> effect,
                effect);
    }

    /** Deletes a value. */
    public void delete(String key) {
        Effect<V> effect = state -> Set.of(Optional.empty());
        record(
                key,
                "delete",
                () -> {
                    store.delete(key);
                    return "done";
                },
                done -> effect,
                effect);
    }

    /** Writes a value if there is none. */
    public void putIfAbsent(String key, V value) {
        record(
                key,
                "putIfAbsent " + value,
                () -> store.putIfAbsent(key, value),
                won -> state -> when(state.isEmpty() == won, won ? Optional.of(value) : state),
                state -> Set.of(Optional.of(state.orElse(value))));
    }

    /** Writes a value if what was seen is still there. */
    public void replace(String key, Entry<V> seen, V value) {
        Optional<V> expected = Optional.of(seen.value());
        Version version = seen.version();
        record(
                key,
                "replace " + seen.value() + " with " + value,
                () -> store.replace(key, version, value),
                won -> state -> when(state.equals(expected) == won, won ? Optional.of(value) : state),
                state -> Set.of(state.equals(expected) ? Optional.of(value) : state));
    }

    /** Deletes what was seen if it is still there. */
    public void delete(String key, Entry<V> seen) {
        Optional<V> expected = Optional.of(seen.value());
        Version version = seen.version();
        record(
                key,
                "delete " + seen.value(),
                () -> store.delete(key, version),
                won -> state -> when(state.equals(expected) == won, won ? Optional.empty() : state),
                state -> Set.of(state.equals(expected) ? Optional.empty() : state));
    }

    /** Takes a value away. */
    public void getAndDelete(String key) {
        record(
                key,
                "getAndDelete",
                () -> store.getAndDelete(key),
                taken -> state -> when(state.equals(taken), Optional.empty()),
                state -> Set.of(Optional.empty()));
    }

    /** Changes a value by a function that makes each value once only. */
    public void update(String key, Function<Optional<V>, Optional<V>> function) {
        Change<V> change = new Change<>();
        record(
                key,
                "update",
                () -> {
                    store.update(key, seen -> {
                        change.from = seen;
                        change.to = function.apply(seen);
                        return change.to;
                    });
                    return change;
                },
                done -> state -> when(state.equals(change.from), change.to),
                state -> Set.of(state.equals(change.from) ? change.to : state));
    }

    /** The last attempt of an update, on the thread that made it. */
    private static final class Change<V> {
        Optional<V> from = Optional.empty();
        Optional<V> to = Optional.empty();

        @Override
        public String toString() {
            return from + " to " + to;
        }
    }

    /** Gives an entry a new deadline, which must lie after the end of the history. */
    public void touch(String key, Duration ttl) {
        record(
                key,
                "touch",
                () -> store.touch(key, ttl),
                found -> state -> when(state.isPresent() == found, state),
                state -> Set.of(state));
    }

    /** Reads many values. */
    public void getAll(Collection<String> keys) {
        long invoked = System.nanoTime();
        Map<String, V> found;
        try {
            found = store.getAll(keys);
        } catch (CuttlestoreException nothingSeen) {
            return;
        }
        long returned = System.nanoTime();
        for (String key : keys) {
            Optional<V> seen = Optional.ofNullable(found.get(key));
            history.add(key, "getAll: " + seen, invoked, returned, observed(seen));
        }
    }

    /** Writes many values. */
    public void putAll(Map<String, V> entries) {
        writeAll(
                entries.keySet(),
                () -> store.putAll(entries),
                key -> "putAll " + entries.get(key),
                key -> state -> Set.of(Optional.ofNullable(entries.get(key))));
    }

    /** Deletes many values. */
    public void deleteAll(Collection<String> keys) {
        writeAll(keys, () -> store.deleteAll(keys), key -> "deleteAll", key -> state -> Set.of(Optional.empty()));
    }

    private void writeAll(
            Collection<String> keys, Runnable call, Function<String, String> what, Function<String, Effect<V>> effect) {
        long invoked = System.nanoTime();
        Set<String> failed = Set.of();
        Set<String> unknown = Set.of();
        try {
            call.run();
        } catch (BatchException e) {
            failed = e.failed();
            unknown = e.unknown();
        } catch (CuttlestoreException notCarriedOut) {
            return;
        }
        long returned = System.nanoTime();
        for (String key : keys) {
            if (unknown.contains(key)) {
                history.addUnknown(key, what.apply(key), invoked, effect.apply(key));
            } else if (!failed.contains(key)) {
                history.add(key, what.apply(key), invoked, returned, effect.apply(key));
            }
        }
    }

    /** Reads the next page of a scan and returns it, unless it can't be read. */
    public Optional<Page<V>> page(ScanOptions options) {
        long invoked = System.nanoTime();
        Page<V> page;
        try {
            page = store.page(options);
        } catch (CuttlestoreException nothingSeen) {
            return Optional.empty();
        }
        long returned = System.nanoTime();
        for (Entry<V> entry : page.entries()) {
            Optional<V> seen = Optional.of(entry.value());
            history.add(entry.key(), "page: " + seen, invoked, returned, observed(seen));
        }
        return Optional.of(page);
    }

    private static <V> Effect<V> observed(Optional<V> seen) {
        return state -> when(state.equals(seen), state);
    }

    private static <V> Set<Optional<V>> when(boolean possible, Optional<V> next) {
        return possible ? Set.of(next) : Set.of();
    }

    private <R> Optional<R> record(
            String key, String what, Supplier<R> call, Function<R, Effect<V>> effectOf, Effect<V> effectIfAny) {
        long invoked = System.nanoTime();
        R result;
        try {
            result = call.get();
        } catch (OutcomeUnknownException e) {
            history.addUnknown(key, what, invoked, effectIfAny);
            return Optional.empty();
        } catch (UnsupportedCapabilityException e) {
            throw e;
        } catch (CuttlestoreException notCarriedOut) {
            return Optional.empty();
        }
        history.add(key, what + ": " + result, invoked, System.nanoTime(), effectOf.apply(result));
        return Optional.of(result);
    }
}
