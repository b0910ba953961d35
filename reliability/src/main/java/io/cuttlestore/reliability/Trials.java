package io.cuttlestore.reliability;

import io.cuttlestore.reliability.clock.ClockTrials;
import io.cuttlestore.reliability.crash.CrashTrials;
import io.cuttlestore.reliability.rot.RotTrials;
import io.cuttlestore.reliability.syscalls.SyscallTrials;
import java.util.List;
import java.util.stream.Stream;

/** All trials, in the order in which they are carried out. */
final class Trials {
    private Trials() {}

    static List<Trial> all() {
        return Stream.of(CrashTrials.all(), SyscallTrials.all(), RotTrials.all(), ClockTrials.all())
                .flatMap(List::stream)
                .toList();
    }
}
