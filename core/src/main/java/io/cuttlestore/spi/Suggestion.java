package io.cuttlestore.spi;

import java.util.Comparator;
import java.util.List;

/** Finds what somebody meant who mistyped a name. */
public final class Suggestion {
    private Suggestion() {}

    /** {@code " (did you mean 'x'?)"} with the nearest name, or nothing if none is near. */
    public static String didYouMean(String typed, List<String> names) {
        int tolerated = Math.max(1, typed.length() / 3);
        return names.stream()
                .filter(name -> distance(typed, name) <= tolerated)
                .min(Comparator.comparingInt(name -> distance(typed, name)))
                .map(name -> " (did you mean '" + name + "'?)")
                .orElse("");
    }

    /** The number of insertions, deletions, substitutions between two texts (Wagner and Fischer, 1974). */
    private static int distance(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substitution, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
