package io.cuttlestore.testkit;

import io.cuttlestore.Capability;
import io.cuttlestore.testkit.ModelRun.Action;
import io.cuttlestore.testkit.ModelRun.Expiring;
import io.cuttlestore.testkit.ModelRun.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;

/**
 * Random sequences of operations, each of which must do to a store what it does to a map, with time passing and the store
 * reopened in between. jqwik makes the sequences and shrinks one that fails. Not thread-safe.
 */
public final class RandomSequences {
    private static final int SHRINKING_ATTEMPTS = 500;
    private static final List<String> KEYS = List.of("a", "a:b", "a%", "b", "\u00e9", "\ud83e\udd91");

    private final ModelSubject subject;
    private int runs;

    public RandomSequences(ModelSubject subject) {
        this.subject = subject;
    }

    /**
     * Carries out some, each in a namespace of its own.
     *
     * @param seed decides all of them
     * @param sequences how many
     * @param steps how many each has at most
     * @throws AssertionError if the store did something else; the smallest sequence that was found to fail
     */
    public void check(long seed, int sequences, int steps) {
        JqwikSession.run(() -> {
            Random random = new Random(seed);
            for (int i = 0; i < sequences; i++) {
                Shrinkable<List<Step>> sequence =
                        sequences(steps).generator(steps).next(random);
                Optional<Failing> failing = failing(sequence);
                if (failing.isPresent()) {
                    throw shrunk(failing.get());
                }
            }
        });
    }

    private Arbitrary<List<Step>> sequences(int steps) {
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
                .withSizeDistribution(RandomDistribution.uniform())
                .ofMinSize(1)
                .ofMaxSize(steps);
    }

    private boolean isPossible(Action action) {
        return switch (action) {
            case PUT_IF_ABSENT, REPLACE, DELETE_SEEN, GET_AND_DELETE, UPDATE, REMOVE_BY_UPDATE, COMPUTE_IF_ABSENT ->
                has(Capability.CONDITIONAL);
            case TOUCH, PERSIST -> has(Capability.TTL);
            case PASS_TIME -> has(Capability.TTL) && subject.clock().isPresent();
            case SCAN, SCAN_PREFIX, CLEAR -> has(Capability.SCAN);
            default -> true;
        };
    }

    private boolean isPossible(Expiring expiring) {
        return switch (expiring) {
            case SOON -> has(Capability.TTL) && subject.clock().isPresent();
            case LATER, PAST -> has(Capability.TTL);
            default -> true;
        };
    }

    private boolean has(Capability capability) {
        return subject.capabilities().supports(capability);
    }

    private Optional<Failing> failing(Shrinkable<List<Step>> sequence) {
        try {
            new ModelRun(subject, "run " + runs++).run(sequence.value());
            return Optional.empty();
        } catch (AssertionError failure) {
            return Optional.of(new Failing(sequence, failure));
        } catch (RuntimeException failure) {
            return Optional.of(new Failing(sequence, new AssertionError(failure.toString(), failure)));
        }
    }

    /** A sequence that fails, and how. */
    private record Failing(Shrinkable<List<Step>> sequence, AssertionError failure) {}

    /** The failure of the smallest sequence that can be found to fail. */
    private AssertionError shrunk(Failing first) {
        AtomicInteger attempts = new AtomicInteger();
        Failing smallest = first;
        Optional<Failing> smaller = Optional.of(first);
        while (smaller.isPresent()) {
            smallest = smaller.get();
            smaller = smaller(smallest, attempts);
        }
        return new AssertionError(smallest.sequence.value() + ": " + smallest.failure.getMessage(), smallest.failure);
    }

    /** Looks at one candidate after the other, since a long sequence has more than fit into memory. */
    private Optional<Failing> smaller(Failing than, AtomicInteger attempts) {
        return than.sequence
                .shrink()
                .filter(candidate -> !candidate.value().isEmpty())
                .takeWhile(candidate -> attempts.incrementAndGet() <= SHRINKING_ATTEMPTS)
                .flatMap(candidate -> failing(candidate).stream())
                .findFirst();
    }
}
