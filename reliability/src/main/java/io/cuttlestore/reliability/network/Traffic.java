package io.cuttlestore.reliability.network;

import io.cuttlestore.Cursor;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Entry;
import io.cuttlestore.Page;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.testkit.History;
import io.cuttlestore.testkit.RecordingStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * What several threads do to a few keys of a store through one connection, half of them by asynchronous calls, and what they
 * saw. Used once.
 */
final class Traffic {
    static final Duration ENDS_WITHIN = Duration.ofSeconds(30);

    /** The threads: fewer would share no trips, more would make histories that can't be judged. */
    private static final int CALLERS = 4;

    private static final int FEWEST_CALLS = 4;
    private static final int KEYS = 3;
    private static final int ANCHORS = 9;
    private static final int PAGE = 5;
    private static final int LARGE = 3_000;

    private final Watch watch;
    private final Cuttlestore<String> store;
    private final Cuttlestore<String> async;
    private final String prefix;
    private final List<String> keys;
    private final Map<String, String> anchors = new HashMap<>();
    private final History history = new History();
    private final AtomicInteger values = new AtomicInteger();

    /**
     * Traffic on keys of its own.
     *
     * @param name what the keys begin with
     */
    Traffic(String name, Cuttlestore<String> store, Watch watch) {
        this.watch = watch;
        this.store = watch.over(store);
        this.async = watch.overAsync(store);
        this.prefix = name + ".";
        this.keys = IntStream.range(0, KEYS).mapToObj(i -> prefix + i).toList();
        for (int i = 0; i < ANCHORS; i++) {
            String key = prefix + "anchor" + i;
            anchors.put(key, Watch.value(key, "fast"));
        }
    }

    /** Writes entries that stay, so that scans have something to miss. Most likely they are on all nodes of a cluster. */
    void anchor(Duration within) {
        Histories.begin(anchors, store, history, within);
    }

    /**
     * Calls until it is over, with as many threads as there are callers.
     *
     * @param mostCalls of each caller, if it is not over before
     */
    void flow(long seed, int mostCalls, BooleanSupplier over) {
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        SplittableRandom seeds = new SplittableRandom(seed);
        for (int i = 0; i < CALLERS; i++) {
            RecordingStore recording = new RecordingStore(i % 2 == 0 ? store : async, history);
            SplittableRandom random = seeds.split();
            callers.add(Callers.run(() -> {
                for (int call = 0; call < mostCalls && (call < FEWEST_CALLS || !over.getAsBoolean()); call++) {
                    call(recording, random);
                }
            }));
        }
        Callers.await(callers, ENDS_WITHIN);
    }

    private void call(RecordingStore store, SplittableRandom random) {
        String key = keys.get(random.nextInt(KEYS));
        switch (random.nextInt(16)) {
            case 0, 1 -> store.putIfAbsent(key, newValue(key, random));
            case 2 -> store.getAndDelete(key);
            case 3, 4 -> store.entry(key).ifPresent(seen -> store.replace(key, seen, newValue(key, random)));
            case 5 -> store.entry(key).ifPresent(seen -> store.delete(key, seen));
            case 6 -> store.update(key, seen -> Optional.of(newValue(key, random)));
            case 7 -> replaceLater(store, key, random);
            case 8, 9 -> store.put(key, newValue(key, random));
            case 10 -> store.contains(key);
            case 11 -> store.getAll(keys);
            case 12 -> putAll(store, random);
            case 13 -> store.touch(key, Duration.ofHours(1));
            case 14 -> scan(store);
            default -> store.get(key);
        }
    }

    /** With what was seen before another call, so that it may be there no more. */
    private void replaceLater(RecordingStore store, String key, SplittableRandom random) {
        Optional<Entry<String>> seen = store.entry(key);
        if (random.nextBoolean()) {
            store.delete(key);
        }
        seen.ifPresent(old -> store.replace(key, old, newValue(key, random)));
    }

    private void putAll(RecordingStore store, SplittableRandom random) {
        Map<String, String> all = new HashMap<>();
        keys.forEach(key -> all.put(key, newValue(key, random)));
        store.putAll(all);
    }

    private String newValue(String key, SplittableRandom random) {
        String unique = Integer.toString(values.incrementAndGet());
        boolean large = random.nextInt(8) == 0;
        return Watch.value(key, large ? unique + Histories.FILLING.repeat(random.nextInt(LARGE)) : unique);
    }

    /** A scan that comes to its end has met each entry that was there all the time. */
    private void scan(RecordingStore store) {
        Set<String> found = new HashSet<>();
        ScanOptions options = ScanOptions.prefix(prefix).pageSize(PAGE);
        Optional<Page<String>> page = store.page(options);
        while (page.isPresent()) {
            page.get().entries().forEach(entry -> found.add(entry.key()));
            Optional<Cursor> next = page.get().next();
            if (next.isEmpty()) {
                if (!found.containsAll(anchors.keySet())) {
                    watch.complain("a scan came to its end and has found only " + found);
                }
                return;
            }
            page = store.page(options.after(next.get()));
        }
    }

    /** Waits until all works again, on every node, and returns how long that took. */
    Duration awaitRecovery(Duration within) {
        return Recovery.await(within, () -> {
            for (Cuttlestore<String> each : List.of(store, async)) {
                Map<String, String> found = each.getAll(anchors.keySet());
                if (!found.equals(anchors)) {
                    throw new AssertionError("of " + anchors + " only this is there: " + found);
                }
                each.putAll(anchors);
            }
            return true;
        });
    }

    /** Looks at what is there in the end, and judges all that was seen. */
    void judge(Duration within) {
        Histories.end(keys, store, history, within);
        watch.requireNoComplaints();
        Histories.requireLinearizable(history);
    }
}
