package io.cuttlestore.benchmarks.run;

import io.cuttlestore.benchmarks.Comparison;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a run is to measure.
 *
 * @param command what asked for it, for people
 * @param comparisons by JMH
 * @param programs of their own
 * @param jdks to measure on; the first measures everything, the others what targets ask for
 * @param folder on the disk that is measured
 * @param redisServer the program of the Redis server
 * @param quick whether a short run is wanted: one fork of what the targets ask for
 */
public record Request(
        String command,
        List<Comparison> comparisons,
        List<Program> programs,
        List<Jdk> jdks,
        Path folder,
        String redisServer,
        boolean quick) {
    private static final int ROUNDS = 3;

    /** How many forks of each contender there are. */
    int rounds() {
        return quick ? 1 : ROUNDS;
    }

    Duration timeForJmh() {
        return quick ? Duration.ofSeconds(150) : Duration.ofMinutes(32);
    }

    Duration timeForProgram() {
        return quick ? Duration.ofSeconds(60) : Duration.ofMinutes(8);
    }
}
