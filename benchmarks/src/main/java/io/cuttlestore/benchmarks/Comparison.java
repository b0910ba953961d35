package io.cuttlestore.benchmarks;

import java.util.List;
import java.util.Map;

/**
 * Contenders that do the same work, each a benchmark method of one class. They are measured in turn, fork by fork, and only
 * the ratios of forks that follow each other count.
 *
 * <p>An id begins with the store. Comparisons that differ only in their threads may share an id, and are plotted as one
 * line for each contender; one whose id ends in {@code -latency} measures how long single operations take instead of their
 * mean.
 *
 * @param id names it in files: {@code sqlite-get-hit}
 * @param title what the work is, for people: {@code SQLite get, 1 thread, hit}
 * @param benchmark the class of the benchmark methods
 * @param contenders the methods, ours first, then the raw client, then what else one would use
 * @param threads how many threads call at the same time
 * @param params the values of the class' parameters
 * @param targets what our own is to reach; none where the comparison only informs
 */
public record Comparison(
        String id,
        String title,
        Class<?> benchmark,
        List<String> contenders,
        int threads,
        Map<String, String> params,
        List<Target> targets) {
    /** The method that measures Cuttlestore. */
    public static final String OURS = "cuttlestore";

    public Comparison {
        contenders = List.copyOf(contenders);
        params = Map.copyOf(params);
        targets = List.copyOf(targets);
        if (!contenders.get(0).equals(OURS)) {
            throw new IllegalArgumentException(id + ": ours comes first");
        }
        for (Target target : targets) {
            if (!contenders.contains(target.baseline())) {
                throw new IllegalArgumentException(id + ": nothing measures " + target.baseline());
            }
        }
    }

    /** Whether the times of single operations are wanted. */
    public boolean isLatency() {
        return id.endsWith("-latency");
    }
}
