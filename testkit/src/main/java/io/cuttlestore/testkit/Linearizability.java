package io.cuttlestore.testkit;

import io.cuttlestore.testkit.History.Operation;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides whether a history is linearizable: whether each operation can have taken effect at one moment between its
 * beginning and its end. Each register starts empty and is judged alone, which is enough (Herlihy and Wing, 1990:
 * linearizability is local).
 *
 * <p>The search is that of Wing and Gong, "Testing and Verifying Concurrent Objects" (1993), with the memory of visited
 * configurations of Lowe, "Testing for linearizability" (2017). It is exponential in the number of operations that
 * overlap, not in the length of the history.
 */
public final class Linearizability {
    private Linearizability() {}

    /** A register's history that no order of its operations explains, told for people; empty if there is none. */
    public static <V> Optional<String> violation(History<V> history) {
        for (Map.Entry<String, List<Operation<V>>> register : history.byKey().entrySet()) {
            Search<V> search = new Search<>(register.getValue());
            if (!search.findsAnOrder()) {
                return Optional.of(search.describe(register.getKey()));
            }
        }
        return Optional.empty();
    }

    /**
     * A point of the search: which operations have taken effect, and what they left.
     *
     * @param done indices of operations
     * @param state the register after them
     */
    private record Configuration<V>(BitSet done, Optional<V> state) {
        Configuration<V> after(int operation, Optional<V> next) {
            BitSet more = (BitSet) done.clone();
            more.set(operation);
            return new Configuration<>(more, next);
        }
    }

    private static final class Search<V> {
        private final List<Operation<V>> operations;
        private final Deque<Configuration<V>> open = new ArrayDeque<>();
        private final Set<Configuration<V>> visited = new HashSet<>();
        private BitSet longest = new BitSet();

        Search(List<Operation<V>> operations) {
            this.operations = operations.stream()
                    .sorted(Comparator.comparingLong(Operation::invoked))
                    .toList();
        }

        boolean findsAnOrder() {
            open.push(new Configuration<>(new BitSet(), Optional.empty()));
            while (!open.isEmpty()) {
                Configuration<V> configuration = open.pop();
                if (configuration.done().cardinality() > longest.cardinality()) {
                    longest = configuration.done();
                }
                long horizon = earliestReturn(configuration.done());
                if (horizon == Long.MAX_VALUE) {
                    return true;
                }
                openSuccessors(configuration, horizon);
            }
            return false;
        }

        /** When the first of the certain operations that are not done yet returned: what began later can't be next. */
        private long earliestReturn(BitSet done) {
            long earliest = Long.MAX_VALUE;
            for (int i = done.nextClearBit(0); i < operations.size(); i = done.nextClearBit(i + 1)) {
                if (operations.get(i).invoked() > earliest) {
                    break;
                }
                earliest = Math.min(earliest, operations.get(i).returned());
            }
            return earliest;
        }

        private void openSuccessors(Configuration<V> configuration, long horizon) {
            BitSet done = configuration.done();
            for (int i = done.nextClearBit(0); i < operations.size(); i = done.nextClearBit(i + 1)) {
                Operation<V> operation = operations.get(i);
                if (operation.invoked() > horizon) {
                    return;
                }
                for (Optional<V> next : operation.effect().on(configuration.state())) {
                    Configuration<V> successor = configuration.after(i, next);
                    if (visited.add(successor)) {
                        open.push(successor);
                    }
                }
            }
        }

        String describe(String key) {
            long begin = operations.get(0).invoked();
            return "no order of the operations on '" + key + "' explains their results; at most "
                    + longest.cardinality() + " of " + operations.size() + " fit, those marked +:\n"
                    + operations.stream()
                            .map(operation -> line(operation, begin))
                            .collect(Collectors.joining("\n"));
        }

        private String line(Operation<V> operation, long begin) {
            String mark = longest.get(operations.indexOf(operation)) ? "+ " : "  ";
            String end = operation.isCertain() ? String.valueOf((operation.returned() - begin) / 1000) : "?";
            return mark + (operation.invoked() - begin) / 1000 + " to " + end + " us: " + operation.what();
        }
    }
}
