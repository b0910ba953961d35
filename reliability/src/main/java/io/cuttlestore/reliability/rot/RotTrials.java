package io.cuttlestore.reliability.rot;

import io.cuttlestore.reliability.Trial;
import java.util.List;

/** The trials of this package. */
public final class RotTrials {
    private static final int DAMAGES = 25_000;
    private static final int DAMAGES_WHEN_QUICK = 500;

    private RotTrials() {}

    public static List<Trial> all() {
        return List.of(
                new Trial(
                        "rot-filesystem",
                        "bits of any file of a folder turn, files are cut, overwritten, exchanged: each read gives the right value or"
                                + " throws an exception of ours, nothing is absent, nothing is deleted",
                        DAMAGES,
                        DAMAGES_WHEN_QUICK,
                        RottenFiles::new),
                new Trial(
                        "rot-sqlite",
                        "the same for rows of a database and for its files, closed and in use: each read gives the right value or throws"
                                + " an exception of ours; only damage of SQLite's own structure may hide entries, and of its log bring"
                                + " earlier values back",
                        DAMAGES,
                        DAMAGES_WHEN_QUICK,
                        RottenDatabase::new));
    }
}
