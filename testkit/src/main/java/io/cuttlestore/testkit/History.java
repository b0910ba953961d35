package io.cuttlestore.testkit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What threads did to registers, one register per key, and what they saw. Times are of any one clock, such as
 * {@link System#nanoTime()}. Thread-safe.
 *
 * @param <V> the values of the registers
 */
public final class History<V> {
    private final Collection<Operation<V>> operations = new ConcurrentLinkedQueue<>();

    /**
     * What an operation with a known result does to its register.
     *
     * @param <V> the values
     */
    @FunctionalInterface
    public interface Effect<V> {
        /** The states that the register may be left in; none if the operation can't have had its result in this state. */
        Set<Optional<V>> on(Optional<V> state);
    }

    /**
     * An operation of a history.
     *
     * @param key the register
     * @param what the operation and its result, for people
     * @param invoked when it began
     * @param returned when it ended; {@link Long#MAX_VALUE} if nobody knows whether it ever took place
     * @param effect what it did
     */
    record Operation<V>(String key, String what, long invoked, long returned, Effect<V> effect) {
        boolean isCertain() {
            return returned != Long.MAX_VALUE;
        }
    }

    /** Adds an operation that took place between two moments. */
    public void add(String key, String what, long invoked, long returned, Effect<V> effect) {
        operations.add(new Operation<>(key, what, invoked, returned, effect));
    }

    /** Adds an operation that took place at any time since it began, or never: its reply was lost. */
    public void addUnknown(String key, String what, long invoked, Effect<V> effect) {
        operations.add(new Operation<>(key, what + " of unknown outcome", invoked, Long.MAX_VALUE, effect));
    }

    Map<String, List<Operation<V>>> byKey() {
        Map<String, List<Operation<V>>> byKey = new LinkedHashMap<>();
        for (Operation<V> operation : operations) {
            byKey.computeIfAbsent(operation.key(), key -> new ArrayList<>()).add(operation);
        }
        return byKey;
    }
}
