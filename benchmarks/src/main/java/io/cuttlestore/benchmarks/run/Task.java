package io.cuttlestore.benchmarks.run;

import io.cuttlestore.benchmarks.Comparison;
import io.cuttlestore.benchmarks.Target;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A comparison on one JDK, with those contenders of it that are to be measured there. */
record Task(Comparison comparison, Jdk jdk, List<String> contenders) {
    /**
     * What is to be measured: on the first JDK everything, on the others what the targets ask for.
     *
     * @param quick on the first, too, only what the targets ask for
     */
    static List<Task> of(List<Comparison> comparisons, List<Jdk> jdks, boolean quick) {
        List<Task> tasks = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            for (Jdk jdk : jdks) {
                if (jdk.equals(jdks.get(0)) && !quick) {
                    tasks.add(new Task(comparison, jdk, comparison.contenders()));
                } else if (!comparison.targets().isEmpty()) {
                    tasks.add(new Task(comparison, jdk, essential(comparison)));
                }
            }
        }
        return tasks;
    }

    /** Ours, the raw client and the baselines of the targets. */
    private static List<String> essential(Comparison comparison) {
        Set<String> names = new LinkedHashSet<>(comparison
                .contenders()
                .subList(0, Math.min(2, comparison.contenders().size())));
        comparison.targets().stream().map(Target::baseline).forEach(names::add);
        return List.copyOf(names);
    }

    String title() {
        return comparison.id()
                + (comparison.threads() > 1 ? ", " + comparison.threads() + " threads" : "")
                + ", JDK " + jdk.feature();
    }
}
