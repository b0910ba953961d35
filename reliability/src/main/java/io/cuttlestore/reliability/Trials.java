package io.cuttlestore.reliability;

import io.cuttlestore.reliability.clock.ClockTrials;
import io.cuttlestore.reliability.crash.CrashTrials;
import io.cuttlestore.reliability.fuzz.FuzzTrials;
import io.cuttlestore.reliability.histories.HistoryTrials;
import io.cuttlestore.reliability.leaks.LeakTrials;
import io.cuttlestore.reliability.model.ModelTrials;
import io.cuttlestore.reliability.network.NetworkTrials;
import io.cuttlestore.reliability.rot.RotTrials;
import io.cuttlestore.reliability.soak.SoakTrials;
import io.cuttlestore.reliability.stampede.StampedeTrials;
import io.cuttlestore.reliability.syscalls.SyscallTrials;
import java.util.List;
import java.util.stream.Stream;

/** All trials, in the order in which they are carried out. */
final class Trials {
    private Trials() {}

    static List<Trial> all() {
        return Stream.of(
                        ModelTrials.all(),
                        HistoryTrials.all(),
                        StampedeTrials.all(),
                        LeakTrials.all(),
                        CrashTrials.all(),
                        SyscallTrials.all(),
                        RotTrials.all(),
                        ClockTrials.all(),
                        NetworkTrials.all(),
                        FuzzTrials.all(),
                        SoakTrials.all())
                .flatMap(List::stream)
                .toList();
    }
}
