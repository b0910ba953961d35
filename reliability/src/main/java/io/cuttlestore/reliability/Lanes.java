package io.cuttlestore.reliability;

import io.cuttlestore.testkit.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Carries out trials two at a time, and then one by one those that must be alone. */
final class Lanes {
    private static final int NUMBER = 2;

    private Lanes() {}

    /** Carries out one trial. */
    @FunctionalInterface
    interface Work {
        Outcome of(Trial trial) throws Exception;
    }

    /** Carries out all; what came of them. */
    static List<Outcome> carryOut(List<Trial> trials, Work work) throws Exception {
        List<Callable<Outcome>> sideBySide = new ArrayList<>();
        List<Callable<Outcome>> afterwards = new ArrayList<>();
        for (Trial trial : trials) {
            (trial.alone() ? afterwards : sideBySide).add(() -> work.of(trial));
        }
        List<Outcome> outcomes = new ArrayList<>();
        ExecutorService lanes = Executors.newFixedThreadPool(NUMBER);
        try {
            for (Future<Outcome> outcome : lanes.invokeAll(sideBySide)) {
                outcomes.add(Threads.result(outcome));
            }
        } finally {
            lanes.shutdown();
        }
        for (Callable<Outcome> one : afterwards) {
            outcomes.add(one.call());
        }
        return outcomes;
    }
}
