package io.cuttlestore.reliability.rot;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.Entry;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.reliability.Tally;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Deadline;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads all of a damaged store in every way, and compares it with what was there. */
final class Inspection {
    private static final Duration SLOWEST = Duration.ofSeconds(10);
    private static final int SMALL_PAGE = 7;

    private final Contents contents;
    private final Tally tally;
    private final Leniency leniency;
    private final AtomicReference<@Nullable Backend> backend = new AtomicReference<>();

    Inspection(Contents contents, Tally tally, Leniency leniency) {
        this.contents = contents;
        this.tally = tally;
        this.leniency = leniency;
    }

    /**
     * What may be seen besides right values and errors.
     *
     * @param mayRefuse whether the store may refuse to open
     * @param mayGoBack whether keys may have the value that they had before
     * @param mayMiss which keys may be absent
     */
    record Leniency(boolean mayRefuse, boolean mayGoBack, Predicate<String> mayMiss) {
        static final Leniency NONE = new Leniency(false, false, key -> false);
    }

    /** Opens, reads, scans, sweeps and closes. */
    void of(String store) {
        long begin = System.nanoTime();
        try (CuttlestoreConnection connection = open(store)) {
            if (connection != null) {
                inspect(connection.store(byte[].class));
            }
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        tally.most("ms of the slowest attempt", took.toMillis());
        if (took.compareTo(SLOWEST) > 0) {
            throw new AssertionError("took " + took);
        }
    }

    /** {@code null} if the store refuses to open, and may. */
    private @Nullable CuttlestoreConnection open(String store) {
        try {
            return Cuttlestore.builder(store)
                    .clock(InstantSource.fixed(Contents.READ))
                    .layer(this::remember)
                    .connect();
        } catch (CuttlestoreException e) {
            if (!leniency.mayRefuse()) {
                throw new AssertionError("does not open: " + e, e);
            }
            count(e);
            return null;
        }
    }

    private Backend remember(Backend inner) {
        backend.set(inner);
        return inner;
    }

    private void inspect(Cuttlestore<byte[]> store) {
        Set<String> readable = new HashSet<>();
        boolean missed = false;
        for (String key : contents.values().keySet()) {
            Optional<byte[]> value = attempt(() -> store.get(key), null);
            if (value != null && value.isPresent()) {
                requireValue(key, value.get());
                readable.add(key);
                tally.count("right values");
            } else if (value != null) {
                requireMayMiss(key);
                missed = true;
            }
        }
        getAll(store);
        readable.removeAll(entries(store));
        scan(store, ScanOptions.all(), readable, missed);
        scan(store, ScanOptions.all().pageSize(SMALL_PAGE), readable, missed);
        attempt(this::sweep, 0);
        attempt(
                () -> {
                    store.connection().ping();
                    return 0;
                },
                0);
    }

    private int sweep() {
        Backend inner = backend.get();
        int swept = inner == null ? 0 : inner.deleteExpired(1_000, Deadline.after(Duration.ofSeconds(5)));
        if (swept > 0) {
            throw new AssertionError("a sweep deleted " + swept + " entries that had not expired");
        }
        return swept;
    }

    private void getAll(Cuttlestore<byte[]> store) {
        Map<String, byte[]> found = attempt(() -> store.getAll(contents.values().keySet()), null);
        if (found != null) {
            found.forEach(this::requireValue);
            contents.values().keySet().stream()
                    .filter(key -> !found.containsKey(key))
                    .forEach(this::requireMayMiss);
        }
    }

    /** Reads entries with their deadlines; returns the keys that can't be read so. */
    private Set<String> entries(Cuttlestore<byte[]> store) {
        Set<String> unreadable = new HashSet<>();
        for (String key : contents.values().keySet()) {
            Optional<Entry<byte[]>> entry = attempt(() -> store.entry(key), null);
            if (entry != null && entry.isPresent()) {
                requireEntry(entry.get());
            } else {
                unreadable.add(key);
                if (entry != null) {
                    requireMayMiss(key);
                }
            }
            Boolean there = attempt(() -> store.contains(key), null);
            if (Boolean.FALSE.equals(there)) {
                requireMayMiss(key);
            }
        }
        return unreadable;
    }

    /** Nothing but right entries may be seen, and all that are readable, unless the way to some is damaged. */
    private void scan(Cuttlestore<byte[]> store, ScanOptions options, Set<String> readable, boolean missed) {
        Set<String> seen = new HashSet<>();
        Boolean whole = attempt(
                () -> {
                    try (Stream<Entry<byte[]>> entries = store.scan(options)) {
                        entries.forEach(entry -> {
                            requireEntry(entry);
                            seen.add(entry.key());
                        });
                    }
                    return true;
                },
                null);
        if (whole != null && !missed && !seen.containsAll(readable)) {
            Set<String> lost = new HashSet<>(readable);
            lost.removeAll(seen);
            lost.forEach(this::requireMayMiss);
        }
    }

    private void requireEntry(Entry<byte[]> entry) {
        if (!contents.values().containsKey(entry.key())) {
            throw new AssertionError("a key that nobody wrote: " + entry.key());
        }
        requireValue(entry.key(), entry.value());
        if (!entry.expiresAt().equals(contents.deadline(entry.key()))
                && !leniency.mayMiss().test(entry.key())) {
            throw new AssertionError(entry.key() + " expires at " + entry.expiresAt());
        }
    }

    private void requireValue(String key, byte[] value) {
        byte[] right = contents.values().get(key);
        if (!Arrays.equals(right, value) && !(leniency.mayGoBack() && Arrays.equals(contents.earlier(key), value))) {
            throw new AssertionError("wrong bytes under " + key + ": " + value.length + " of them");
        }
    }

    private void requireMayMiss(String key) {
        if (!leniency.mayMiss().test(key)) {
            throw new AssertionError(key + " is absent");
        }
        tally.count("entries out of sight");
    }

    /** What a call replies, or something else if it fails by an exception of ours; any other is not caught. */
    private <T> @Nullable T attempt(Supplier<T> call, @Nullable T otherwise) {
        try {
            return call.get();
        } catch (StoreTimeoutException e) {
            throw new AssertionError("nobody is in the way, and yet " + e, e);
        } catch (CuttlestoreException e) {
            count(e);
            return otherwise;
        }
    }

    private void count(CuttlestoreException e) {
        tally.count(e.getClass().getSimpleName());
    }
}
