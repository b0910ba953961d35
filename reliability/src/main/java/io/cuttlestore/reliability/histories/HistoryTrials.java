package io.cuttlestore.reliability.histories;

import io.cuttlestore.reliability.Stores;
import io.cuttlestore.reliability.Trial;
import java.util.ArrayList;
import java.util.List;

/** The trials of this package. */
public final class HistoryTrials {
    private static final int HISTORIES = 300;
    private static final int WHEN_QUICK = 30;

    private HistoryTrials() {}

    public static List<Trial> all() {
        List<Trial> all = new ArrayList<>();
        for (String backend : Stores.BACKENDS) {
            List<String> options = options(backend);
            all.add(new Trial(
                    "histories-" + backend,
                    "8 threads work on 10 keys with all operations, half of the times with lost replies and other faults, with trips"
                            + " shared and not: an order of the operations explains what all saw, and it is found",
                    HISTORIES,
                    WHEN_QUICK,
                    site -> new OfThreads(Stores.of(backend, site), options, site)));
            if (!backend.equals("in-memory")) {
                all.add(new Trial(
                        "histories-" + backend + "-processes",
                        "the same of 4 processes that share the store, of 2 threads each",
                        HISTORIES,
                        WHEN_QUICK,
                        site -> new OfProcesses(Stores.of(backend, site), options, site)));
            }
        }
        return all;
    }

    /** The options that stores are opened with in turn: those that come twice twice as often. */
    private static List<String> options(String backend) {
        return switch (backend) {
            case "filesystem", "sqlite" -> List.of("", "", "durability=power");
            default -> List.of("");
        };
    }
}
