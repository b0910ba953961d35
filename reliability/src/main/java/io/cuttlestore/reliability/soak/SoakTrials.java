package io.cuttlestore.reliability.soak;

import io.cuttlestore.reliability.Trial;
import java.time.Duration;
import java.util.List;

/** The trial of this package. */
public final class SoakTrials {
    private static final Duration LONG = Duration.ofMinutes(30);
    private static final Duration SHORT = Duration.ofSeconds(20);

    private SoakTrials() {}

    public static List<Trial> all() {
        return List.of(new Trial(
                        "soak",
                        "all backends at once work for half an hour (20 s in a short run) with faults, expiries, sweeps and reopenings: each key"
                                + " has what its owner knows of it, and in the last third the 99th percentile of calls and the heap are what they"
                                + " were in the first",
                        1,
                        1,
                        site -> new Soak(site, site.quick() ? SHORT : LONG))
                .byItself());
    }
}
