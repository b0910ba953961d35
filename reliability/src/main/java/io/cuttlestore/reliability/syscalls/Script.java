package io.cuttlestore.reliability.syscalls;

import io.cuttlestore.Entry;
import io.cuttlestore.PutOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Calls of every kind, in an order and with values that a seed decides. */
final class Script {
    private static final int KEYS = 6;
    private static final int LONG_VALUE = 90_000;
    private static final int SHORT_VALUE = 200;

    private final SplittableRandom random;
    private final Runnable sweep;
    private final List<Step> steps = new ArrayList<>();
    private int values;

    private Script(long seed, Runnable sweep) {
        this.random = new SplittableRandom(seed);
        this.sweep = sweep;
    }

    /** The calls: two of each kind, shuffled, behind two that fill the store. */
    static List<Step> steps(long seed, Runnable sweep) {
        Script script = new Script(seed, sweep);
        script.putAll();
        script.putLong();
        List<Runnable> kinds = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            kinds.addAll(List.of(
                    script::put,
                    script::putLong,
                    script::putBrief,
                    script::putIfAbsent,
                    script::replace,
                    script::delete,
                    script::deleteVersion,
                    script::getAndDelete,
                    script::update,
                    script::touch,
                    script::putAll,
                    script::deleteAll,
                    script::get,
                    script::getAll,
                    script::scan,
                    script::sweep));
        }
        while (!kinds.isEmpty()) {
            kinds.remove(script.random.nextInt(kinds.size())).run();
        }
        script.clear();
        script.sweep();
        return script.steps;
    }

    private static List<String> allKeys() {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            keys.add("key" + i);
        }
        return keys;
    }

    private String key() {
        return "key" + random.nextInt(KEYS);
    }

    private String value() {
        return Values.of(++values, random.nextInt(SHORT_VALUE));
    }

    private void add(String name, String key, Step.Change change, Step.Call call) {
        steps.add(new Step(name + " " + key, Map.of(key, change), true, call));
    }

    private void add(String name, Collection<String> keys, Map<String, Step.Change> changes, Step.Call call) {
        Map<String, Step.Change> all = new TreeMap<>();
        keys.forEach(key -> all.put(key, changes.getOrDefault(key, Step.Change.NONE)));
        steps.add(new Step(name, all, false, call));
    }

    private static Step.Change becomes(String value) {
        String name = Values.name(value);
        return before -> name;
    }

    private static Step.Change becomesIfPresent(String value) {
        String name = Values.name(value);
        return before -> before.equals(Values.ABSENT) ? before : name;
    }

    private static Step.Sight sight(Optional<String> value) {
        return Step.Sight.of(value.map(Values::name).orElse(Values.ABSENT));
    }

    private void put() {
        String key = key();
        String value = value();
        add("put", key, becomes(value), store -> {
            store.put(key, value, PutOptions.ttl(Duration.ofHours(1)));
            return Map.of();
        });
    }

    private void putLong() {
        String key = key();
        String value = Values.of(++values, LONG_VALUE);
        add("put of a long value", key, becomes(value), store -> {
            store.put(key, value);
            return Map.of();
        });
    }

    private void putBrief() {
        String key = key();
        String value = value();
        add("put that expires at once", key, before -> Values.ABSENT, store -> {
            try {
                store.put(key, value, PutOptions.ttl(Duration.ofMillis(1)));
            } finally {
                TimeUnit.MILLISECONDS.sleep(3);
            }
            return Map.of();
        });
    }

    private void putIfAbsent() {
        String key = key();
        String value = value();
        String name = Values.name(value);
        add("putIfAbsent", key, before -> before.equals(Values.ABSENT) ? name : before, store -> {
            return Map.of(key, Step.Sight.of(!store.putIfAbsent(key, value)));
        });
    }

    private void replace() {
        String key = key();
        String value = value();
        add("replace", key, becomesIfPresent(value), store -> {
            Optional<Entry<String>> seen = store.entry(key);
            return Map.of(
                    key,
                    Step.Sight.of(
                            seen.isPresent() && store.replace(key, seen.get().version(), value)));
        });
    }

    private void delete() {
        String key = key();
        add("delete", key, before -> Values.ABSENT, store -> {
            store.delete(key);
            return Map.of();
        });
    }

    private void deleteVersion() {
        String key = key();
        add("delete of a version", key, before -> Values.ABSENT, store -> {
            Optional<Entry<String>> seen = store.entry(key);
            return Map.of(
                    key,
                    Step.Sight.of(
                            seen.isPresent() && store.delete(key, seen.get().version())));
        });
    }

    private void getAndDelete() {
        String key = key();
        add("getAndDelete", key, before -> Values.ABSENT, store -> Map.of(key, sight(store.getAndDelete(key))));
    }

    private void update() {
        String key = key();
        String value = value();
        add("update", key, becomes(value), store -> {
            store.update(key, before -> Optional.of(value));
            return Map.of();
        });
    }

    private void touch() {
        String key = key();
        Duration ttl = Duration.ofHours(random.nextInt(1, 100));
        add("touch", key, Step.Change.NONE, store -> Map.of(key, Step.Sight.of(store.touch(key, ttl))));
    }

    private void putAll() {
        Map<String, String> entries = new LinkedHashMap<>();
        for (int i = 0; i < KEYS / 2; i++) {
            entries.put(key(), value());
        }
        Map<String, Step.Change> changes =
                entries.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, e -> becomes(e.getValue())));
        add("putAll", entries.keySet(), changes, store -> {
            store.putAll(entries);
            return Map.of();
        });
    }

    private void deleteAll() {
        List<String> keys = List.of(key(), key());
        Map<String, Step.Change> changes = new TreeMap<>();
        keys.forEach(key -> changes.put(key, before -> Values.ABSENT));
        add("deleteAll", keys, changes, store -> {
            store.deleteAll(keys);
            return Map.of();
        });
    }

    private void get() {
        String key = key();
        add("get", key, Step.Change.NONE, store -> Map.of(key, sight(store.get(key))));
    }

    private void getAll() {
        add("getAll", allKeys(), Map.of(), store -> sights(store.getAll(allKeys())));
    }

    private void scan() {
        add("scan", allKeys(), Map.of(), store -> {
            try (Stream<Entry<String>> entries = store.scan()) {
                return sights(entries.collect(Collectors.toMap(Entry::key, Entry::value)));
            }
        });
    }

    private static Map<String, Step.Sight> sights(Map<String, String> found) {
        return allKeys().stream()
                .collect(Collectors.toMap(key -> key, key -> sight(Optional.ofNullable(found.get(key)))));
    }

    private void sweep() {
        add("sweep", allKeys(), Map.of(), store -> {
            sweep.run();
            return Map.of();
        });
    }

    /** Clears a namespace, which holds one entry. */
    private void clear() {
        String value = value();
        add("put", "names:key", becomes(value), store -> {
            store.connection().store("names", String.class).put("key", value);
            return Map.of();
        });
        add("clear", List.of("names:key"), Map.of("names:key", before -> Values.ABSENT), store -> {
            store.connection().store("names", String.class).clear();
            return Map.of();
        });
    }
}
