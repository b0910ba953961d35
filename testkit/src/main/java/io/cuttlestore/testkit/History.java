package io.cuttlestore.testkit;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * What threads did to registers, one register per key, and what they saw. Times are of any one clock, such as
 * {@link System#nanoTime()}, which on Linux all processes of a machine share. Thread-safe.
 */
public final class History {
    private final Collection<Operation> operations = new ConcurrentLinkedQueue<>();

    /**
     * An operation of a history.
     *
     * @param key the register
     * @param name of the operation, for people
     * @param invoked when it began
     * @param returned when it ended; {@link Long#MAX_VALUE} if nobody knows whether it ever took place
     * @param effect what it did
     */
    public record Operation(String key, String name, long invoked, long returned, Effect effect) {
        /** Whether it took place. */
        public boolean isCertain() {
            return returned != Long.MAX_VALUE;
        }

        /** It on a line, for another process to {@linkplain #parse read}. */
        public String line() {
            return String.join(" ", encoded(key), encoded(name), "" + invoked, "" + returned, effect.toString());
        }

        /** What {@link #line()} has made. */
        public static Operation parse(String line) {
            String[] parts = line.split(" ", -1);
            return new Operation(
                    decoded(parts[0]),
                    decoded(parts[1]),
                    Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]),
                    Effect.parse(parts[4]));
        }

        private static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }

        private static String decoded(String text) {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        }
    }

    /** Adds an operation. */
    public void add(Operation operation) {
        operations.add(operation);
    }

    /** Adds an operation that took place between two moments. */
    public void add(String key, String name, long invoked, long returned, Effect effect) {
        add(new Operation(key, name, invoked, returned, effect));
    }

    /** Adds an operation that took place at any time since it began, or never: its reply was lost. */
    public void addUnknown(String key, String name, long invoked, Effect effect) {
        add(new Operation(key, name, invoked, Long.MAX_VALUE, effect));
    }

    /** What was added until now. */
    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    Map<String, List<Operation>> byKey() {
        return operations.stream()
                .collect(Collectors.groupingBy(Operation::key, LinkedHashMap::new, Collectors.toList()));
    }
}
