package io.cuttlestore.reliability.leaks;

import io.cuttlestore.reliability.Stores;
import io.cuttlestore.reliability.Trial;
import java.util.ArrayList;
import java.util.List;

/** The trials of this package. */
public final class LeakTrials {
    private static final int OPENS = 10_000;
    private static final int ROUNDS_WHEN_QUICK = 3;

    private LeakTrials() {}

    public static List<Trial> all() {
        List<Trial> all = new ArrayList<>();
        for (String backend : Stores.BACKENDS) {
            all.add(new Trial(
                            "leaks-" + backend,
                            "100 connections are opened and closed, 5 can't be opened, streams are abandoned and futures cancelled: there are no more"
                                    + " threads, file handles and bytes on the heap than at first",
                            OPENS / Leaks.OPENS_A_ROUND,
                            ROUNDS_WHEN_QUICK,
                            site -> new Leaks(backend, site))
                    .byItself());
        }
        return all;
    }
}
