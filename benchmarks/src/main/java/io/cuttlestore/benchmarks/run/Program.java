package io.cuttlestore.benchmarks.run;

import java.util.List;

/**
 * A program that measures what JMH can't, and prints a line of JSON for each {@link
 * io.cuttlestore.benchmarks.Measurement}. A line that begins with {@link #LEFT_OUT} says what it could not measure. What
 * else it prints goes to the log.
 *
 * @param name by which {@code --only} chooses it
 * @param mainClass its class
 * @param arguments for it
 */
public record Program(String name, String mainClass, List<String> arguments) {
    /** Begins a line that tells what was left out, then why: {@code left out: copy to Redis: no server}. */
    public static final String LEFT_OUT = "left out: ";

    public static List<Program> all() {
        return List.of(
                new Program("start-up", "io.cuttlestore.benchmarks.scale.StartUp", List.of()),
                new Program("rust", "io.cuttlestore.benchmarks.peers.RustOriginal", List.of()),
                new Program("footprint", "io.cuttlestore.benchmarks.scale.Footprint", List.of()),
                scale("in-memory"),
                scale("filesystem"),
                scale("sqlite"),
                scale("redis"));
    }

    private static Program scale(String store) {
        return new Program("scale-" + store, "io.cuttlestore.benchmarks.scale.Scale", List.of(store));
    }
}
