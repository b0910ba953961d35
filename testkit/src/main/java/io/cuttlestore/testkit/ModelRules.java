package io.cuttlestore.testkit;

import io.cuttlestore.Capability;
import io.cuttlestore.testkit.ModelRun.Action;
import io.cuttlestore.testkit.ModelRun.Expiring;
import io.cuttlestore.testkit.ModelRun.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random sequences of operations, each of which must do to the store what it does to a map. jqwik makes the sequences and
 * shrinks those that fail; they run in JUnit's own lifecycle, so that what a subclass sets up before its tests is there.
 */
abstract class ModelRules extends Rules {
    private static final int ATTEMPTS = 60;
    private static final int STEPS = 60;
    private static final int SHRINKING_ATTEMPTS = 500;
    private static final List<String> KEYS = List.of("a", "a:b", "a%", "b", "\u00e9", "\ud83e\udd91");

    private int runs;

    ModelRules(CuttlestoreKit kit) {
        super(kit);
    }

    @Test
    @DisplayName("any sequence of operations, with time passing and reopening, does what it does to a map")
    void anySequence() {
        Effort.seeded(seed -> JqwikSession.run(() -> {
            Random random = new Random(seed);
            for (int attempt = 0; attempt < Effort.times(ATTEMPTS); attempt++) {
                Shrinkable<List<Step>> sequence = sequences().generator(STEPS).next(random);
                Optional<AssertionError> failure = failureOf(sequence.value());
                if (failure.isPresent()) {
                    throw shrunk(sequence, failure.get());
                }
            }
        }));
    }

    private Arbitrary<List<Step>> sequences() {
        return Combinators.combine(
                        Arbitraries.of(Arrays.stream(Action.values())
                                .filter(this::isPossible)
                                .toList()),
                        Arbitraries.of(KEYS),
                        Arbitraries.of(Arrays.stream(Expiring.values())
                                .filter(this::isPossible)
                                .toList()))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(STEPS);
    }

    private boolean isPossible(Action action) {
        return switch (action) {
            case PUT_IF_ABSENT, REPLACE, DELETE_SEEN, GET_AND_DELETE, UPDATE, REMOVE_BY_UPDATE, COMPUTE_IF_ABSENT ->
                has(Capability.CONDITIONAL);
            case TOUCH, PERSIST -> has(Capability.TTL);
            case PASS_TIME -> has(Capability.TTL) && clockIsFake();
            case SCAN, SCAN_PREFIX, CLEAR -> has(Capability.SCAN);
            default -> true;
        };
    }

    private boolean isPossible(Expiring expiring) {
        return switch (expiring) {
            case SOON -> has(Capability.TTL) && clockIsFake();
            case LATER, PAST -> has(Capability.TTL);
            default -> true;
        };
    }

    /** What goes wrong with a sequence, run in a namespace of its own. */
    private Optional<AssertionError> failureOf(List<Step> steps) {
        try {
            new ModelRun(this, "run " + runs++).run(steps);
            return Optional.empty();
        } catch (AssertionError failure) {
            return Optional.of(failure);
        } catch (RuntimeException failure) {
            return Optional.of(new AssertionError(failure.toString(), failure));
        }
    }

    /** The failure of the smallest sequence that can be found to fail. */
    private AssertionError shrunk(Shrinkable<List<Step>> sequence, AssertionError failure) {
        Shrinkable<List<Step>> smallest = sequence;
        AssertionError itsFailure = failure;
        int attempts = 0;
        boolean smaller = true;
        while (smaller) {
            smaller = false;
            for (Shrinkable<List<Step>> candidate : smallest.shrink().toList()) {
                if (candidate.value().isEmpty() || ++attempts > SHRINKING_ATTEMPTS) {
                    continue;
                }
                Optional<AssertionError> same = failureOf(candidate.value());
                if (same.isPresent()) {
                    smallest = candidate;
                    itsFailure = same.get();
                    smaller = true;
                    break;
                }
            }
        }
        return new AssertionError(smallest.value() + ": " + itsFailure.getMessage(), itsFailure);
    }
}
