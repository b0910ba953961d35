package io.cuttlestore.reliability.crash;

import io.cuttlestore.Cuttlestore;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What one thread writes, step by step, decided by a seed: whoever knows how many steps it made knows what must be there.
 * Its keys are its own. Not thread-safe.
 */
final class Script {
    private static final int KEYS = 10;
    private static final int MOST_SHORT = 300;
    private static final int MOST_LONG = 70_000;

    private final List<String> keys;
    private final SplittableRandom random;
    private final Map<String, String> state = new HashMap<>();
    private int made;

    Script(String name, long seed) {
        this.keys = IntStream.range(0, KEYS).mapToObj(i -> name + "-" + i).toList();
        this.random = new SplittableRandom(seed);
    }

    List<String> keys() {
        return keys;
    }

    /** What it has left under a key after the steps that were made. */
    Optional<String> value(String key) {
        return Optional.ofNullable(state.get(key));
    }

    /** The keys that have something else. */
    Set<String> differences(Map<String, Optional<String>> found) {
        Set<String> differences = new TreeSet<>();
        for (String key : keys) {
            if (!value(key).equals(found.get(key))) {
                differences.add(key);
            }
        }
        return differences;
    }

    /** Makes the next step nowhere but here. */
    void skip() {
        step().apply(state);
    }

    /** Makes the next step on a store. */
    void make(Cuttlestore<String> store) {
        Step step = step();
        step.carryOut(store);
        step.apply(state);
    }

    private Step step() {
        String key = keys.get(random.nextInt(KEYS));
        String value = value();
        made++;
        return switch (random.nextInt(10)) {
            case 0 -> new Remove(key);
            case 1 -> new WriteAll(key, keys.get(random.nextInt(KEYS)), value);
            case 2 -> new WriteIfAbsent(key, value);
            case 3 -> new Append(key, "+" + made);
            default -> new Write(key, value);
        };
    }

    /** Each value differs from every other, in its first letters as in its last. */
    private String value() {
        int length = random.nextInt(random.nextInt(20) == 0 ? MOST_LONG : MOST_SHORT);
        String mark = "<" + made + ">";
        return mark + ("" + (char) ('a' + random.nextInt(26))).repeat(length) + mark;
    }

    private sealed interface Step {
        void carryOut(Cuttlestore<String> store);

        void apply(Map<String, String> state);
    }

    private record Write(String key, String value) implements Step {
        @Override
        public void carryOut(Cuttlestore<String> store) {
            store.put(key, value);
        }

        @Override
        public void apply(Map<String, String> state) {
            state.put(key, value);
        }
    }

    private record Remove(String key) implements Step {
        @Override
        public void carryOut(Cuttlestore<String> store) {
            store.delete(key);
        }

        @Override
        public void apply(Map<String, String> state) {
            state.remove(key);
        }
    }

    private record WriteAll(String first, String second, String value) implements Step {
        private Map<String, String> entries() {
            Map<String, String> entries = new LinkedHashMap<>();
            entries.put(first, value);
            entries.put(second, value);
            return entries;
        }

        @Override
        public void carryOut(Cuttlestore<String> store) {
            store.putAll(entries());
        }

        @Override
        public void apply(Map<String, String> state) {
            state.putAll(entries());
        }
    }

    private record WriteIfAbsent(String key, String value) implements Step {
        @Override
        public void carryOut(Cuttlestore<String> store) {
            store.putIfAbsent(key, value);
        }

        @Override
        public void apply(Map<String, String> state) {
            state.putIfAbsent(key, value);
        }
    }

    private record Append(String key, String more) implements Step {
        @Override
        public void carryOut(Cuttlestore<String> store) {
            store.update(key, before -> Optional.of(before.orElse("") + more));
        }

        @Override
        public void apply(Map<String, String> state) {
            state.merge(key, more, String::concat);
        }
    }
}
