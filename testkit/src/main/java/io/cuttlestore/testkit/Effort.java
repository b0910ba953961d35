package io.cuttlestore.testkit;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * How hard the kit tries, and how its random tests are repeated: {@code -Dcuttlestore.kit.effort=10} makes ten times as
 * many attempts, {@code -Dcuttlestore.kit.seed=N} repeats those of a failure that named the seed N.
 */
final class Effort {
    private static final int FACTOR = Math.max(1, Integer.getInteger("cuttlestore.kit.effort", 1));
    private static final @Nullable Long SEED = Long.getLong("cuttlestore.kit.seed");

    private Effort() {}

    /** This many attempts, or as many times more as was asked for. */
    static int times(int attempts) {
        return attempts * FACTOR;
    }

    /** A test that depends on a seed and nothing else that is random. */
    @FunctionalInterface
    interface Attempt {
        void run(long seed) throws Exception;
    }

    /** Runs an attempt with a new seed, or with the one that is to be repeated; a failure names it. */
    static void seeded(Attempt attempt) {
        long seed = SEED != null ? SEED : new Random().nextLong();
        try {
            attempt.run(seed);
        } catch (Exception | AssertionError failure) {
            throw new AssertionError(
                    "with seed " + seed + " (repeat with -Dcuttlestore.kit.seed=" + seed + "): " + failure.getMessage(),
                    failure);
        }
    }
}
