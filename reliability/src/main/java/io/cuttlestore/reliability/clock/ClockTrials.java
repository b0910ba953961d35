package io.cuttlestore.reliability.clock;

import io.cuttlestore.reliability.Trial;
import java.util.List;

/** The trials of this package. */
public final class ClockTrials {
    private static final int RUNS = 100;
    private static final int RUNS_WHEN_QUICK = 4;

    private ClockTrials() {}

    public static List<Trial> all() {
        return List.of(new Trial(
                        "clock",
                        "the wall clock of a process that uses all stores jumps by an hour and ten days, both ways, that of the Redis"
                                + " server does not: by the clock that decides for a store nothing is there 3 ms after its deadline (Redis: 20), nothing"
                                + " comes back, nothing is lost before; in another process, too; time limits of calls hold",
                        RUNS,
                        RUNS_WHEN_QUICK,
                        ClockJumps::on)
                .byItself());
    }
}
