package io.cuttlestore.reliability.crash;

import io.cuttlestore.reliability.Trial;
import java.util.List;

/** The trials of this package. */
public final class CrashTrials {
    private static final int KILLS = 3_000;
    private static final int KILLS_WHEN_QUICK = 40;

    private static final int CUTS = 1_000;
    private static final int CUTS_WHEN_QUICK = 20;

    private CrashTrials() {}

    public static List<Trial> all() {
        return List.of(
                new Trial(
                        "kill",
                        "a process that writes to SQLite and to files, at both durabilities, is killed (-9): what was acknowledged is"
                                + " there, nothing torn, open again within 2 s, no stray file after a sweep",
                        KILLS,
                        KILLS_WHEN_QUICK,
                        Kill::new),
                powerCut("ext4"),
                powerCut("xfs"));
    }

    private static Trial powerCut(String fileSystem) {
        return new Trial(
                "power-" + fileSystem,
                "the disk (" + fileSystem
                        + ") of SQLite and of files loses its power: at durability=power nothing acknowledged is"
                        + " lost; at process SQLite loses nothing but the last writes, and each key of files has a value that it had once or says that it can't be read; builds that sync no files or no folders"
                        + " are found out first",
                CUTS,
                CUTS_WHEN_QUICK,
                site -> PowerCut.on(fileSystem, site));
    }
}
