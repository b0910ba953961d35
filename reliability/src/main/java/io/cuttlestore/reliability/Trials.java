package io.cuttlestore.reliability;

import io.cuttlestore.reliability.crash.CrashTrials;
import java.util.List;

/** All trials, in the order in which they are carried out. */
final class Trials {
    private Trials() {}

    static List<Trial> all() {
        return List.copyOf(CrashTrials.all());
    }
}
