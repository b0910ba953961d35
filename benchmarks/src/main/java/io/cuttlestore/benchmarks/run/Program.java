package io.cuttlestore.benchmarks.run;

import java.util.List;

/**
 * A program that measures what JMH can't, and prints a line of JSON for each {@link
 * io.cuttlestore.benchmarks.Measurement}. A line that begins with {@link #LEFT_OUT} says what it could not measure. What
 * else it prints goes to the log.
 *
 * @param name by which {@code --only} chooses it
 * @param mainClass its class
 */
public record Program(String name, String mainClass) {
    /** Begins a line that tells what was left out, then why: {@code left out: copy to Redis: no server}. */
    public static final String LEFT_OUT = "left out: ";

    public static List<Program> all() {
        return List.of(
                new Program("scale", "io.cuttlestore.benchmarks.scale.Scale"),
                new Program("footprint", "io.cuttlestore.benchmarks.scale.Footprint"),
                new Program("start-up", "io.cuttlestore.benchmarks.scale.StartUp"),
                new Program("rust", "io.cuttlestore.benchmarks.peers.RustOriginal"));
    }
}
