package io.cuttlestore.benchmarks.run;

import java.io.PrintStream;
import java.time.Duration;

/** What a run says while it runs: a line for all that is done, and on a terminal one that tells what is at work. */
final class Progress {
    private final PrintStream out;
    private final boolean terminal;
    private final long start = System.nanoTime();

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** What is at work, until the next call. */
    void now(String what, Duration left) {
        if (terminal) {
            wipe();
            out.print("  " + minutes(left) + " left: " + what);
            out.flush();
        }
    }

    /** What is done. */
    void say(String what) {
        wipe();
        out.println(what);
    }

    private void wipe() {
        if (terminal) {
            out.print("\r\033[K");
        }
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    static String minutes(Duration duration) {
        return duration.toMinutes() + ":" + String.format("%02d", duration.toSecondsPart());
    }
}
