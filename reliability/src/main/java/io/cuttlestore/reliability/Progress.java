package io.cuttlestore.reliability;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a run says while it runs: a line for each trial, and on a terminal how far those at work have come. Thread-safe. */
final class Progress {
    private static final long NANOS_BETWEEN = 200_000_000L;

    private final PrintStream out;
    private final boolean terminal;
    private final Map<String, String> atWork = new LinkedHashMap<>();
    private long lastTold = System.nanoTime() - NANOS_BETWEEN;

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    synchronized void now(Trial trial, int made, int all) {
        atWork.put(trial.name(), String.format(Locale.ROOT, "%s %,d of %,d", trial.name(), made, all));
        long now = System.nanoTime();
        if (terminal && now - lastTold >= NANOS_BETWEEN) {
            lastTold = now;
            out.print("\r\033[K  " + String.join(", ", atWork.values()));
            out.flush();
        }
    }

    synchronized void done(Outcome outcome) {
        atWork.remove(outcome.trial());
        if (terminal) {
            out.print("\r\033[K");
        }
        String verdict = outcome.isPassed() ? "passed" : outcome.leftOut() != null ? "LEFT OUT" : "FAILED";
        out.printf(
                Locale.ROOT,
                "  %-30s %,8d %10s %8.1f s%n",
                outcome.trial(),
                outcome.attempts(),
                verdict,
                outcome.seconds());
        if (outcome.leftOut() != null) {
            out.println("    " + outcome.leftOut());
        }
        if (outcome.failure() != null) {
            outcome.failure().lines().forEach(line -> out.println("    " + line));
        }
    }
}
