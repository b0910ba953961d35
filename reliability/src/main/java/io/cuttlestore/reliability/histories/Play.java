package io.cuttlestore.reliability.histories;

import io.cuttlestore.reliability.Tally;
import io.cuttlestore.testkit.Effect;
import io.cuttlestore.testkit.History;
import io.cuttlestore.testkit.History.Operation;
import io.cuttlestore.testkit.Linearizability;
import io.cuttlestore.testkit.Linearizability.Decision;
import java.util.ArrayList;
import java.util.List;

/**
 * What a process did and met.
 *
 * @param operations what its threads did
 * @param faults how many commands went wrong
 * @param shared how many calls shared a trip with another caller's
 */
record Play(List<Operation> operations, long faults, long shared) {
    Play {
        operations = List.copyOf(operations);
    }

    /** It as text, for another process to {@linkplain #parse read}. */
    List<String> lines() {
        List<String> lines = new ArrayList<>(List.of(faults + " " + shared));
        operations.forEach(operation -> lines.add(operation.line()));
        return lines;
    }

    /** What {@link #lines()} has made. */
    static Play parse(List<String> lines) {
        String[] counts = lines.get(0).split(" ", -1);
        List<Operation> operations =
                lines.stream().skip(1).map(Operation::parse).toList();
        return new Play(operations, Long.parseLong(counts[0]), Long.parseLong(counts[1]));
    }

    /**
     * Requires that what the processes did together has an explanation.
     *
     * @throws AssertionError if it has none, or if none was found in time
     */
    static void require(List<Play> plays, Tally tally) {
        History history = new History();
        for (Play play : plays) {
            play.operations.forEach(history::add);
            tally.count("commands that went wrong", play.faults);
            tally.count("calls that shared a trip", play.shared);
        }
        for (Operation operation : history.operations()) {
            tally.count("operations");
            tally.count(kind(operation));
        }
        Linearizability.Verdict verdict = Linearizability.judge(history);
        if (verdict.decision() == Decision.UNDECIDED) {
            tally.count("histories undecided");
        }
        verdict.require();
    }

    private static String kind(Operation operation) {
        if (!operation.isCertain()) {
            return "of these of unknown outcome";
        }
        if (operation.effect() instanceof Effect.Write) {
            return "of these writes without a condition";
        }
        if (!operation.effect().isRead()) {
            return "of these conditional writes that won";
        }
        return operation.effect() instanceof Effect.Miss && !operation.name().equals("contains")
                ? "of these conditional writes that lost"
                : "of these reads";
    }
}
