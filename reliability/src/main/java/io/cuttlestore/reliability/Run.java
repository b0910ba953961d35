package io.cuttlestore.reliability;

import java.util.List;
import java.util.Map;

/**
 * What came of trials that were carried out together.
 *
 * @param date the day and minute it began, in UTC
 * @param command what started it
 * @param machine what it ran on, by property
 * @param seconds how long it took
 * @param outcomes of the trials
 */
record Run(String date, String command, Map<String, String> machine, double seconds, List<Outcome> outcomes) {

    Run {
        outcomes = List.copyOf(outcomes);
    }

    boolean isPassed() {
        return outcomes.stream().allMatch(Outcome::isPassed);
    }

    /** Without the trials that another run carried out. */
    Run without(Run other) {
        List<String> theirs = other.outcomes.stream().map(Outcome::trial).toList();
        return new Run(
                date,
                command,
                machine,
                seconds,
                outcomes.stream()
                        .filter(outcome -> !theirs.contains(outcome.trial()))
                        .toList());
    }
}
