package io.cuttlestore.testkit;

import io.cuttlestore.Entry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Random calls of one thread on few keys that others work on, too. Not thread-safe. */
public final class RandomCalls {
    private final RecordingStore store;
    private final List<String> keys;
    private final String name;
    private final Random random;
    private int values;

    /**
     * The calls of a thread.
     *
     * @param name of the thread, unlike that of any other: values begin with it
     * @param seed decides which calls it makes
     */
    public RandomCalls(RecordingStore store, List<String> keys, String name, long seed) {
        this.store = store;
        this.keys = List.copyOf(keys);
        this.name = name;
        this.random = new Random(seed);
    }

    private String key() {
        return keys.get(random.nextInt(keys.size()));
    }

    private String newValue() {
        values++;
        return name + "-" + values;
    }

    /** Makes a call without a condition. */
    public void readOrWrite() {
        readOrWrite(key());
    }

    private void readOrWrite(String key) {
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3 -> store.put(key, newValue());
            case 4, 5 -> store.delete(key);
            case 6, 7 -> store.contains(key);
            case 8, 9 -> store.getAll(keys);
            case 10, 11 -> {
                Map<String, String> all = new HashMap<>();
                keys.forEach(each -> all.put(each, newValue()));
                store.putAll(all);
            }
            case 12 -> store.deleteAll(List.of(key));
            default -> store.get(key);
        }
    }

    /** Makes any call. */
    public void anything() {
        String key = key();
        switch (random.nextInt(11)) {
            case 0, 1 -> store.putIfAbsent(key, newValue());
            case 2 -> store.getAndDelete(key);
            case 3, 4 -> store.entry(key).ifPresent(seen -> store.replace(key, seen, newValue()));
            case 5 -> store.entry(key).ifPresent(seen -> store.delete(key, seen));
            case 6 -> store.update(key, seen -> Optional.of(newValue()));
            case 7 -> store.computeIfAbsent(key, newValue());
            case 8 -> {
                Optional<Entry<String>> seen = store.entry(key);
                readOrWrite(key);
                seen.ifPresent(old -> store.replace(key, old, newValue()));
            }
            default -> readOrWrite(key);
        }
    }
}
