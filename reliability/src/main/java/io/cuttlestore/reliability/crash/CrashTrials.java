package io.cuttlestore.reliability.crash;

import io.cuttlestore.reliability.Trial;
import java.util.List;

/** The trials of this package. */
public final class CrashTrials {
    private static final int KILLS = 3_000;
    private static final int KILLS_WHEN_QUICK = 40;

    private CrashTrials() {}

    public static List<Trial> all() {
        return List.of(new Trial(
                "kill",
                "the process that writes to SQLite and to files, at both durabilities, is killed (-9): what was acknowledged is"
                        + " there, nothing torn, no stray file, open again within 2 s",
                KILLS,
                KILLS_WHEN_QUICK,
                Kill::new));
    }
}
