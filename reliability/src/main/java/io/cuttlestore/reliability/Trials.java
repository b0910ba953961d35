package io.cuttlestore.reliability;

import io.cuttlestore.reliability.crash.CrashTrials;
import io.cuttlestore.reliability.network.NetworkTrials;
import java.util.List;
import java.util.stream.Stream;

/** All trials, in the order in which they are carried out. */
final class Trials {
    private Trials() {}

    static List<Trial> all() {
        return Stream.of(CrashTrials.all(), NetworkTrials.all())
                .flatMap(List::stream)
                .toList();
    }
}
