package io.cuttlestore.testkit;

import io.cuttlestore.BatchException;
import io.cuttlestore.CursorExpiredException;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.Entry;
import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.Page;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.testkit.Effect.Miss;
import io.cuttlestore.testkit.Effect.Swap;
import io.cuttlestore.testkit.Effect.Write;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Calls a store and writes into a {@link History} what happened. Calls that fail without having been carried out, since the
 * store was out of reach or out of time, leave no trace; those whose outcome is unknown are recorded as such; any other failure
 * is thrown. For the history to say anything, each value must be written once only. Thread-safe.
 */
public final class RecordingStore {
    private static final Optional<String> NONE = Optional.empty();

    private final Cuttlestore<String> store;
    private final History history;

    public RecordingStore(Cuttlestore<String> store, History history) {
        this.store = store;
        this.history = history;
    }

    /** Reads a value. */
    public void get(String key) {
        record(key, "get", () -> store.get(key), Effect::found);
    }

    /** Reads an entry and returns it, for the conditional writes. */
    public Optional<Entry<String>> entry(String key) {
        return record(key, "entry", () -> store.entry(key), entry -> Effect.found(entry.map(Entry::value)))
                .flatMap(entry -> entry);
    }

    /** Asks whether there is a value. */
    public void contains(String key) {
        record(key, "contains", () -> store.contains(key), found -> found ? new Miss(NONE) : Effect.found(NONE));
    }

    /** Gives an entry another time to live, which doesn't change its value. */
    public void touch(String key, Duration ttl) {
        record(key, "touch", () -> store.touch(key, ttl), found -> found ? new Miss(NONE) : Effect.found(NONE));
    }

    /** Writes a value. */
    public void put(String key, String value) {
        write(key, "put", () -> store.put(key, value), new Write(Optional.of(value)));
    }

    /** Deletes a value. */
    public void delete(String key) {
        write(key, "delete", () -> store.delete(key), new Write(NONE));
    }

    /** Writes a value if there is none. */
    public void putIfAbsent(String key, String value) {
        swap(key, "putIfAbsent", () -> store.putIfAbsent(key, value), NONE, Optional.of(value));
    }

    /** Writes a value if what was seen is still there. */
    public void replace(String key, Entry<String> seen, String value) {
        swap(
                key,
                "replace",
                () -> store.replace(key, seen.version(), value),
                Optional.of(seen.value()),
                Optional.of(value));
    }

    /** Deletes what was seen if it is still there. */
    public void delete(String key, Entry<String> seen) {
        swap(key, "delete seen", () -> store.delete(key, seen.version()), Optional.of(seen.value()), NONE);
    }

    /** Takes a value away. */
    public void getAndDelete(String key) {
        record(
                key,
                "getAndDelete",
                () -> store.getAndDelete(key),
                taken -> new Swap(taken, NONE),
                () -> Optional.of(new Write(NONE)));
    }

    /** Changes a value by a function that makes each value once only. */
    public void update(String key, Function<Optional<String>, Optional<String>> function) {
        Attempts attempts = new Attempts();
        record(
                key,
                "update",
                () -> store.update(key, seen -> attempts.swap(seen, function.apply(seen))),
                done -> attempts.last().orElseThrow(),
                attempts::last);
    }

    /** Reads a value, or writes this one if there is none. */
    public void computeIfAbsent(String key, String value) {
        Attempts attempts = new Attempts();
        record(
                key,
                "computeIfAbsent",
                () -> store.computeIfAbsent(
                        key, absent -> attempts.swap(NONE, Optional.of(value)).orElseThrow()),
                result -> result.equals(value) ? attempts.last().orElseThrow() : Effect.found(Optional.of(result)),
                attempts::last);
    }

    /** What the last run of a caller's function meant to do, on the thread that made it. */
    private static final class Attempts {
        private Optional<Effect> last = Optional.empty();

        Optional<String> swap(Optional<String> from, Optional<String> to) {
            last = Optional.of(new Swap(from, to));
            return to;
        }

        /** Empty if there was none, and so no write either. */
        Optional<Effect> last() {
            return last;
        }
    }

    /** Reads many values. */
    public void getAll(Collection<String> keys) {
        long invoked = System.nanoTime();
        Map<String, String> found;
        try {
            found = store.getAll(keys);
        } catch (CuttlestoreException nothingSeen) {
            requireTransient(nothingSeen);
            return;
        }
        long returned = System.nanoTime();
        for (String key : keys) {
            history.add(key, "getAll", invoked, returned, Effect.found(Optional.ofNullable(found.get(key))));
        }
    }

    /** Writes many values. */
    public void putAll(Map<String, String> entries) {
        Map<String, Effect> effects = new HashMap<>();
        entries.forEach((key, value) -> effects.put(key, new Write(Optional.of(value))));
        writeAll("putAll", () -> store.putAll(entries), effects);
    }

    /** Deletes many values. */
    public void deleteAll(Collection<String> keys) {
        Map<String, Effect> effects = new HashMap<>();
        keys.forEach(key -> effects.put(key, new Write(NONE)));
        writeAll("deleteAll", () -> store.deleteAll(keys), effects);
    }

    private void writeAll(String name, Runnable call, Map<String, Effect> effects) {
        long invoked = System.nanoTime();
        Map<String, CuttlestoreException> failures = Map.of();
        try {
            call.run();
        } catch (BatchException some) {
            failures = some.causes();
        } catch (CuttlestoreException notCarriedOut) {
            requireTransient(notCarriedOut);
            return;
        }
        long returned = System.nanoTime();
        for (Map.Entry<String, Effect> each : effects.entrySet()) {
            CuttlestoreException failure = failures.get(each.getKey());
            if (failure == null) {
                history.add(each.getKey(), name, invoked, returned, each.getValue());
            } else if (failure instanceof OutcomeUnknownException) {
                history.addUnknown(each.getKey(), name, invoked, each.getValue());
            } else {
                requireTransient(failure);
            }
        }
    }

    /** Reads the next page of a scan and returns it, unless it can't be read. */
    public Optional<Page<String>> page(ScanOptions options) {
        long invoked = System.nanoTime();
        Page<String> page;
        try {
            page = store.page(options);
        } catch (CursorExpiredException nothingSeen) {
            return Optional.empty();
        } catch (CuttlestoreException nothingSeen) {
            requireTransient(nothingSeen);
            return Optional.empty();
        }
        long returned = System.nanoTime();
        for (Entry<String> entry : page.entries()) {
            history.add(entry.key(), "page", invoked, returned, Effect.found(Optional.of(entry.value())));
        }
        return Optional.of(page);
    }

    private void write(String key, String name, Runnable call, Effect effect) {
        record(
                key,
                name,
                () -> {
                    call.run();
                    return true;
                },
                done -> effect,
                () -> Optional.of(effect));
    }

    private void swap(String key, String name, Supplier<Boolean> call, Optional<String> from, Optional<String> to) {
        Swap swap = new Swap(from, to);
        record(key, name, call, won -> won ? swap : new Miss(from), () -> Optional.of(swap));
    }

    private <R> Optional<R> record(String key, String name, Supplier<R> read, Function<R, Effect> effect) {
        return record(key, name, read, effect, Optional::empty);
    }

    /**
     * Calls and records.
     *
     * @param effect of the call if it had this result
     * @param effectIfAny of the call if its reply was lost and it took place
     */
    private <R> Optional<R> record(
            String key,
            String name,
            Supplier<R> call,
            Function<R, Effect> effect,
            Supplier<Optional<Effect>> effectIfAny) {
        long invoked = System.nanoTime();
        R result;
        try {
            result = call.get();
        } catch (OutcomeUnknownException e) {
            effectIfAny.get().ifPresent(possible -> history.addUnknown(key, name, invoked, possible));
            return Optional.empty();
        } catch (CuttlestoreException notCarriedOut) {
            requireTransient(notCarriedOut);
            return Optional.empty();
        }
        history.add(key, name, invoked, System.nanoTime(), effect.apply(result));
        return Optional.of(result);
    }

    private static void requireTransient(CuttlestoreException failure) {
        if (!failure.isTransient()) {
            throw failure;
        }
    }
}
