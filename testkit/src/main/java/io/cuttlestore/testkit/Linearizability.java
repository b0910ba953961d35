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
 * overlap, not in the length of the history, and gives up after a million configurations of a register.
 */
public final class Linearizability {
    private static final int MOST_CONFIGURATIONS = 1_000_000;

    private Linearizability() {}

    /** What can be said of a history. */
    public enum Decision {
        /** Each register has an order of its operations that explains their results. */
        LINEARIZABLE,
        /** A register has none. */
        VIOLATED,
        /** The search for the order of a register's operations was given up. */
        UNDECIDED
    }

    /**
     * A decision.
     *
     * @param why what is wrong with which register, for people; empty if nothing is
     */
    public record Verdict(Decision decision, String why) {
        /**
         * Requires the history to be linearizable.
         *
         * @throws AssertionError if it is not, or if nothing was decided
         */
        public void require() {
            if (decision != Decision.LINEARIZABLE) {
                throw new AssertionError(why);
            }
        }
    }

    /** Judges a history. */
    public static Verdict judge(History history) {
        return judge(history, MOST_CONFIGURATIONS);
    }

    static Verdict judge(History history, int mostConfigurations) {
        Verdict verdict = new Verdict(Decision.LINEARIZABLE, "");
        for (Map.Entry<String, List<Operation>> register : history.byKey().entrySet()) {
            Search search = new Search(register.getValue(), mostConfigurations);
            Decision decision = search.run();
            if (decision == Decision.VIOLATED) {
                return new Verdict(decision, search.describe(register.getKey()));
            }
            if (decision == Decision.UNDECIDED) {
                verdict = new Verdict(decision, search.giveUp(register.getKey()));
            }
        }
        return verdict;
    }

    /**
     * A point of the search: which operations have taken effect, and what they left.
     *
     * @param done indices of operations
     * @param state the register after them
     */
    private record Configuration(BitSet done, Optional<String> state) {
        Configuration after(int index, Operation operation) {
            BitSet more = (BitSet) done.clone();
            more.set(index);
            return new Configuration(more, operation.effect().leaves(state));
        }
    }

    private static final class Search {
        private final List<Operation> operations;
        private final int mostConfigurations;
        private final Deque<Configuration> open = new ArrayDeque<>();
        private final Set<Configuration> visited = new HashSet<>();
        private BitSet longest = new BitSet();

        Search(List<Operation> operations, int mostConfigurations) {
            this.operations = operations.stream()
                    .sorted(Comparator.comparingLong(Operation::invoked))
                    .toList();
            this.mostConfigurations = mostConfigurations;
        }

        Decision run() {
            open.push(new Configuration(new BitSet(), Optional.empty()));
            while (!open.isEmpty()) {
                Configuration configuration = open.pop();
                if (configuration.done().cardinality() > longest.cardinality()) {
                    longest = configuration.done();
                }
                long horizon = earliestReturn(configuration.done());
                if (horizon == Long.MAX_VALUE) {
                    return Decision.LINEARIZABLE;
                }
                if (visited.size() > mostConfigurations) {
                    return Decision.UNDECIDED;
                }
                openSuccessors(configuration, horizon);
            }
            return Decision.VIOLATED;
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

        /**
         * A read comes next without loss if it can, since where it comes later in an order, it can as well come now. What is
         * uncertain and would change nothing need not take place.
         */
        private void openSuccessors(Configuration configuration, long horizon) {
            BitSet done = configuration.done();
            Deque<Configuration> successors = new ArrayDeque<>();
            for (int i = done.nextClearBit(0); i < operations.size(); i = done.nextClearBit(i + 1)) {
                Operation operation = operations.get(i);
                if (operation.invoked() > horizon) {
                    break;
                }
                if (!operation.effect().isPossible(configuration.state())) {
                    continue;
                }
                Configuration successor = configuration.after(i, operation);
                if (operation.effect().isRead()) {
                    open(successor);
                    return;
                }
                if (operation.isCertain() || !successor.state().equals(configuration.state())) {
                    successors.push(successor);
                }
            }
            successors.forEach(this::open);
        }

        private void open(Configuration configuration) {
            if (visited.add(configuration)) {
                open.push(configuration);
            }
        }

        String giveUp(String key) {
            return "after " + mostConfigurations + " configurations it is undecided whether an order of the "
                    + operations.size() + " operations on '" + key + "' explains their results";
        }

        String describe(String key) {
            long begin = operations.get(0).invoked();
            return "no order of the operations on '" + key + "' explains their results; at most "
                    + longest.cardinality() + " of " + operations.size() + " fit, those marked +."
                    + " (a>b found a and left b, >b left b, !a found something else; +v is a value, - is none):\n"
                    + operations.stream()
                            .map(operation -> line(operation, begin))
                            .collect(Collectors.joining("\n"));
        }

        private String line(Operation operation, long begin) {
            String mark = longest.get(operations.indexOf(operation)) ? "+ " : "  ";
            String end = operation.isCertain() ? String.valueOf((operation.returned() - begin) / 1000) : "?";
            return mark + (operation.invoked() - begin) / 1000 + " to " + end + " us: " + operation.name() + " "
                    + operation.effect();
        }
    }
}
