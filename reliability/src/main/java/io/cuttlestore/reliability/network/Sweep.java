package io.cuttlestore.reliability.network;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Entry;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.reliability.Tally;
import io.cuttlestore.testkit.History;
import io.cuttlestore.testkit.RecordingStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * Makes the same calls again and again, and ends the connection after one byte more of their replies each time: until the
 * replies pass whole, or somewhere among them or among those to the making of connections. Used once.
 */
final class Sweep {
    private static final Duration WORKS_AGAIN_WITHIN = Duration.ofSeconds(3);
    private static final Duration CALLS_END_WITHIN = Duration.ofSeconds(10);
    private static final int MOST_CALLERS = 3;
    private static final int KEYS = 3;

    /** No reply to these calls is as long. */
    private static final int LONGEST_REPLIES = 4_000;

    /** As long as most replies are together, alone and with those to the making of connections. */
    private static final int REPLIES = 150;

    private static final int REPLIES_WHEN_COLD = 1_200;
    private static final int SOME = 12;

    private final String name;
    private final Servers servers;
    private final Watch watch;
    private final Tally tally;
    private final Cuttlestore<String> store;
    private final Cuttlestore<String> async;
    private final List<Work> works = new ArrayList<>();
    private int made;

    /**
     * A sweep.
     *
     * @param name what its keys begin with
     */
    Sweep(String name, Servers servers, Cuttlestore<String> store, Watch watch, Tally tally) {
        this.name = name;
        this.servers = servers;
        this.watch = watch;
        this.tally = tally;
        this.store = watch.over(store);
        this.async = watch.overAsync(store);
    }

    /** What one thread does to keys that are there. */
    @FunctionalInterface
    private interface Work {
        void call(RecordingStore store, List<String> keys, Entry<String> first);
    }

    void attempt(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int callers = 1 + random.nextInt(MOST_CALLERS);
        for (int i = 0; i < callers; i++) {
            works.add(work(i, random));
        }
        switch (random.nextInt(3)) {
            case 0 -> cutAll();
            case 1 -> cutSome(random.nextInt(REPLIES), false);
            default -> cutSome(random.nextInt(REPLIES_WHEN_COLD), true);
        }
    }

    private void cutAll() {
        int passing = 0;
        while (cut(passing, false)) {
            passing++;
            if (passing > LONGEST_REPLIES) {
                throw new AssertionError("no reply passes whole");
            }
        }
        tally.count("replies cut after every byte");
    }

    private void cutSome(int from, boolean cold) {
        int first = from;
        while (!cut(first, cold) && first > 0) {
            first /= 2;
        }
        for (int i = 1; i < SOME; i++) {
            cut(first + i, cold);
        }
    }

    /** Each works on a key of its own or on one that it shares, so that the end of one reply meets another. */
    private static Work work(int caller, SplittableRandom random) {
        int index = random.nextBoolean() ? 0 : caller;
        String mark = "c" + caller;
        return switch (random.nextInt(12)) {
            case 0 -> (store, keys, first) -> store.get(keys.get(index));
            case 1 -> (store, keys, first) -> store.entry(keys.get(index));
            case 2 -> (store, keys, first) -> store.contains(keys.get(index));
            case 3 -> (store, keys, first) -> store.put(keys.get(index), Watch.value(keys.get(index), mark));
            case 4 -> (store, keys, first) -> store.putIfAbsent(keys.get(index), Watch.value(keys.get(index), mark));
            case 5 -> (store, keys, first) -> store.replace(first.key(), first, Watch.value(first.key(), mark));
            case 6 -> (store, keys, first) -> store.delete(first.key(), first);
            case 7 -> (store, keys, first) -> store.getAndDelete(keys.get(index));
            case 8 -> (store, keys, first) -> store.touch(keys.get(index), Duration.ofHours(1));
            case 9 -> (store, keys, first) -> store.getAll(keys);
            case 10 -> (store, keys, first) -> store.putAll(values(keys, mark));
            default -> (store, keys, first) -> store.page(ScanOptions.prefix(first.key()));
        };
    }

    private static Map<String, String> values(List<String> keys, String mark) {
        Map<String, String> values = new LinkedHashMap<>();
        keys.forEach(key -> values.put(key, Watch.value(key, mark)));
        return values;
    }

    /**
     * Makes the calls once.
     *
     * @param passing how many bytes of replies pass
     * @param cold whether connections have to be made first, so that these are cut
     * @return whether there were more
     */
    private boolean cut(int passing, boolean cold) {
        List<String> keys = IntStream.range(0, KEYS)
                .mapToObj(i -> name + "." + made + "." + i)
                .toList();
        made++;
        History history = new History();
        Histories.begin(values(keys, "old"), store, history, WORKS_AGAIN_WITHIN);
        Entry<String> first = entry(keys.get(0));
        if (cold) {
            servers.drop();
        }
        Strike strike = new Strike(Fault.CUT, Direction.REPLIES, passing, 1, 0, 0);
        servers.expect(strike);
        List<CompletableFuture<Void>> callers = new ArrayList<>();
        for (int i = 0; i < works.size(); i++) {
            RecordingStore recording = new RecordingStore(i == 1 ? async : store, history);
            Work work = works.get(i);
            callers.add(Callers.run(() -> work.call(recording, keys, first)));
        }
        Callers.await(callers, CALLS_END_WITHIN);
        strike.callOff();
        Histories.end(keys, store, history, WORKS_AGAIN_WITHIN);
        watch.requireNoComplaints();
        Histories.requireLinearizable(history);
        tally.count("cuts", strike.hasBegun() ? 1 : 0);
        return strike.hasBegun();
    }

    private Entry<String> entry(String key) {
        List<Entry<String>> found = new ArrayList<>();
        Recovery.await(
                WORKS_AGAIN_WITHIN, () -> store.entry(key).map(found::add).orElse(false));
        return found.get(0);
    }
}
