package io.cuttlestore.reliability.stampede;

import io.cuttlestore.reliability.Stores;
import io.cuttlestore.reliability.Trial;
import java.util.ArrayList;
import java.util.List;

/** The trials of this package. */
public final class StampedeTrials {
    private static final int STAMPEDES = 100;
    private static final int WHEN_QUICK = 5;

    private StampedeTrials() {}

    public static List<Trial> all() {
        List<Trial> all = new ArrayList<>();
        for (String backend : Stores.BACKENDS) {
            all.add(new Trial(
                    "stampede-" + backend,
                    "1,000 threads want the value of one key that has expired: there is one load, whose value all get; and all are released"
                            + " if it throws, hangs or asks for its own key",
                    STAMPEDES,
                    WHEN_QUICK,
                    site -> new Stampede(Stores.of(backend, site), site)));
            if (!backend.equals("in-memory")) {
                all.add(new Trial(
                        "stampede-" + backend + "-processes",
                        "1,000 threads of 2 processes do: there is one load in each at most, and all get one value",
                        STAMPEDES,
                        WHEN_QUICK,
                        site -> new ManyProcesses(Stores.of(backend, site), site)));
            }
        }
        return all;
    }
}
