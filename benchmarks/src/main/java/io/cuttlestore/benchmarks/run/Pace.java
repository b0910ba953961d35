package io.cuttlestore.benchmarks.run;

import java.time.Duration;

/** How long a fork warms up and measures. */
record Pace(int warmups, int iterations, Duration iteration) {
    private static final int WARMUPS = 2;
    private static final int ITERATIONS = 3;
    private static final Duration SHORTEST = Duration.ofMillis(150);
    private static final Duration LONGEST = Duration.ofSeconds(1);

    /** What a JVM takes to start, to fill a store and to close it. */
    private static final Duration AROUND = Duration.ofMillis(1_300);

    /** Such that so many forks take so long in all, if they may. */
    static Pace within(Duration budget, int forks) {
        Duration each = budget.dividedBy(Math.max(1, forks)).minus(AROUND).dividedBy(WARMUPS + ITERATIONS);
        Duration iteration = each.compareTo(SHORTEST) < 0 ? SHORTEST : each.compareTo(LONGEST) > 0 ? LONGEST : each;
        return new Pace(WARMUPS, ITERATIONS, iteration);
    }

    Duration fork() {
        return AROUND.plus(iteration.multipliedBy(warmups + iterations));
    }
}
