package io.cuttlestore.benchmarks.scale;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.PutOptions;
import io.cuttlestore.benchmarks.Measurement;
import io.cuttlestore.benchmarks.MeasurementLines;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Measures what a million entries take on the heap, key and value included, and prints {@link Measurement}s of work
 * {@code scale-in-memory-memory} in bytes an entry: of our store and of a map whose values have an expiry field, without and with
 * deadlines ({@code scale-in-memory-memory-ttl}).
 */
public final class Footprint {
    private static final int ENTRIES = 1_000_000;
    private static final int HOURS = 24;

    private record Expiring(String value, long expiresAt) {}

    private Footprint() {}

    public static void main(String[] args) {
        print("scale-in-memory-memory", "cuttlestore", ours(PutOptions.never()));
        print("scale-in-memory-memory", "map", map(Long.MAX_VALUE));
        print(
                "scale-in-memory-memory-ttl",
                "cuttlestore",
                ours(PutOptions.ttlSeconds(TimeUnit.HOURS.toSeconds(HOURS))));
        print("scale-in-memory-memory-ttl", "map", map(System.currentTimeMillis() + TimeUnit.HOURS.toMillis(HOURS)));
    }

    private static void print(String work, String contender, double bytes) {
        String jdk = Integer.toString(Runtime.version().feature());
        MeasurementLines.print(new Measurement(work, contender, jdk, ENTRIES, "B/entry", List.of(bytes), Map.of()));
    }

    private static double ours(PutOptions options) {
        long before = used();
        try (Cuttlestore<String> store = Cuttlestore.open("in-memory", String.class)) {
            for (int i = 0; i < ENTRIES; i++) {
                store.put(key(i), value(i), options);
            }
            return perEntry(before, store);
        }
    }

    private static double map(long expiresAt) {
        long before = used();
        ConcurrentHashMap<String, Expiring> map = new ConcurrentHashMap<>();
        for (int i = 0; i < ENTRIES; i++) {
            map.put(key(i), new Expiring(value(i), expiresAt));
        }
        return perEntry(before, map);
    }

    private static String key(int i) {
        return "key-" + i;
    }

    private static String value(int i) {
        return "value-%043d".formatted(i);
    }

    private static double perEntry(long before, Object filled) {
        try {
            return (double) (used() - before) / ENTRIES;
        } finally {
            Reference.reachabilityFence(filled);
        }
    }

    private static long used() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
