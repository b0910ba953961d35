package io.cuttlestore.benchmarks.scale;

import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreBuilder;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.Entry;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.Support;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A store that is filled more and more, and what is measured on it each time. Not thread-safe. */
final class GrowingStore implements AutoCloseable {
    private static final int LOADED_AT_ONCE = 5_000;
    private static final int READS = 2_000;
    private static final int EXPIRED = 1_000;
    private static final int SWEPT_AT_ONCE = 500;
    private static final Duration TTL = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final SetClock clock = new SetClock();
    private final SplittableRandom random = new SplittableRandom(1);
    private final CuttlestoreConnection connection;
    private final Cuttlestore<byte[]> store;
    private @Nullable Backend backend;
    private long size;

    /**
     * Opens a store that is empty.
     *
     * @param expiring whether entries expire by our clock, not the server's
     */
    GrowingStore(String connectionString, boolean expiring) {
        CuttlestoreBuilder builder = Cuttlestore.builder(connectionString)
                .timeout(PATIENCE)
                .sweepEvery(Duration.ofDays(1))
                .layer(inner -> backend = inner);
        connection = (expiring ? builder.clock(clock) : builder).connect();
        store = connection.store(byte[].class);
    }

    /** Whether expired entries are removed by sweeps. */
    boolean isSwept() {
        return connection.capabilities().support(Capability.TTL) == Support.EMULATED;
    }

    /** Fills it up to so many entries; the microseconds that the average new one took. */
    double load(long newSize) {
        long nanos = 0;
        long before = size;
        while (size < newSize) {
            long end = Math.min(size + LOADED_AT_ONCE, newSize);
            Map<String, byte[]> entries = Entries.range(size, end);
            nanos += nanos(() -> store.putAll(entries));
            size = end;
        }
        return nanos / 1e3 / (newSize - before);
    }

    /** Reads keys at random; the microseconds that one took. */
    double get() {
        return nanos(() -> {
                    for (int i = 0; i < READS; i++) {
                        long key = random.nextLong(size);
                        require(store.get(Entries.key(key)).isPresent(), "key " + key + " is missing");
                    }
                })
                / 1e3
                / READS;
    }

    /** Scans a prefix that 1,000 entries have; the milliseconds that it took. */
    double prefix() {
        ScanOptions group = ScanOptions.prefix(Entries.prefix(random.nextLong(size / Entries.GROUP)));
        return nanos(() -> requireCount(Entries.GROUP, count(group))) / 1e6;
    }

    /** Scans everything; how many entries a second came. */
    double scan() {
        return size * 1e9 / nanos(() -> requireCount(size, count(ScanOptions.all())));
    }

    /** Sweeps 1,000 entries that have expired; the milliseconds that it took. */
    double sweep() {
        Map<String, byte[]> expiring = new HashMap<>();
        for (int i = 0; i < EXPIRED; i++) {
            expiring.put("expiring-" + i, Entries.value(i));
        }
        store.putAll(expiring, PutOptions.ttl(TTL));
        clock.moveOn(TTL.multipliedBy(2));
        return nanos(() -> requireCount(EXPIRED, deleteExpired())) / 1e6;
    }

    private long deleteExpired() {
        Backend swept = Objects.requireNonNull(backend);
        long total = 0;
        int removed;
        do {
            removed = swept.deleteExpired(SWEPT_AT_ONCE, Deadline.after(PATIENCE));
            total += removed;
        } while (removed == SWEPT_AT_ONCE);
        return total;
    }

    private long count(ScanOptions options) {
        try (Stream<Entry<byte[]>> entries = store.scan(options)) {
            return entries.filter(entry -> entry.value().length == Entries.VALUE_BYTES)
                    .count();
        }
    }

    private void requireCount(long wanted, long found) {
        boolean exact = connection.capabilities().supports(Capability.EXACT_SCAN);
        require(exact ? found == wanted : found >= wanted, found + " entries were met instead of " + wanted);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }

    private static long nanos(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return System.nanoTime() - begin;
    }

    @Override
    public void close() {
        connection.close();
    }
}
