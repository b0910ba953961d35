package io.cuttlestore.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is written and read: the workload of the Rust original's own benchmark. Key {@code i} of a thousand has a value of
 * {@code 1 + i % 30} words. A value changes with every write, since SQLite hardly writes one that is there already.
 */
public final class Workload {
    /** How many keys there are. Keys from here on are missing. */
    public static final int KEYS = 1_000;

    private static final int VARIANTS = 16;
    private static final String[] WORDS =
            ("lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor"
                            + " incididunt ut labore et dolore magna aliqua ut enim ad minim veniam quis nostrud exercitation ullamco"
                            + " laboris nisi ut aliquip ex ea commodo consequat")
                    .split(" ");
    private static final String[] NAMES = names();
    private static final String[] QUOTED = Arrays.stream(NAMES).map("'"::concat).toArray(String[]::new);
    private static final List<String[]> VALUES = values();

    private Workload() {}

    private static String[] names() {
        String[] names = new String[2 * KEYS];
        for (int i = 0; i < names.length; i++) {
            names[i] = Integer.toString(i);
        }
        return names;
    }

    private static List<String[]> values() {
        List<String[]> variants = new ArrayList<>();
        for (int variant = 0; variant < VARIANTS; variant++) {
            String[] values = new String[KEYS];
            for (int i = 0; i < KEYS; i++) {
                values[i] = text(1 + i % 30, variant);
            }
            variants.add(values);
        }
        return variants;
    }

    private static String text(int words, int variant) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < words; i++) {
            text.append(i == 0 ? "" : " ").append(WORDS[(variant + i) % WORDS.length]);
        }
        return text.toString();
    }

    /** The name of a key; below {@link #KEYS} it is there, from there to twice as many it is missing. */
    public static String key(int i) {
        return NAMES[i];
    }

    /** The name of a key in an object of its own, whose hash code is not computed yet; {@code new String} would copy that. */
    public static String newKey(int i) {
        return QUOTED[i].substring(1);
    }

    /** The value of a key at its {@code round}th writing. */
    public static String value(int i, int round) {
        return VALUES.get(round & (VARIANTS - 1))[i];
    }

    /** All keys that are there, with their values at a round. */
    public static Map<String, String> entries(int round) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (int i = 0; i < KEYS; i++) {
            entries.put(key(i), value(i, round));
        }
        return entries;
    }
}
