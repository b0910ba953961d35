package io.cuttlestore.reliability;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a trial.
 *
 * @param trial its name
 * @param passes when an attempt passes
 * @param attempts how many were made
 * @param seed of the first attempt, from which the others follow
 * @param seconds how long they took together
 * @param counts what it met, by name
 * @param failure what went wrong and the seed of that attempt, if anything did
 * @param leftOut what the machine lacks, if the trial was left out
 */
public record Outcome(
        String trial,
        String passes,
        int attempts,
        long seed,
        double seconds,
        Map<String, Long> counts,
        @Nullable String failure,
        @Nullable String leftOut) {

    /** Whether it was carried out and nothing went wrong. */
    boolean isPassed() {
        return failure == null && leftOut == null;
    }
}
