package io.cuttlestore.reliability.crash;

import io.cuttlestore.reliability.ChildJvm;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** A process of {@link Writers} that comes to a sudden end. */
final class Victim {
    private static final long LONGEST_LIFE_NANOS = 150_000_000L;

    /** The exit status of a process that a signal 9 has ended. */
    private static final int KILLED = 128 + 9;

    private Victim() {}

    /** What happens to the disk before the process ends. */
    @FunctionalInterface
    interface Blow {
        void strike() throws Exception;
    }

    /** Lets the process write to stores for a random while and kills it; how many steps of each thread were acknowledged. */
    static int[] kill(ChildJvm.Builder jvm, Path within, List<String> stores, long seed) throws Exception {
        return strike(jvm, within, stores, seed, writers -> {});
    }

    /**
     * Lets the process write to stores for a random while, strikes, and kills it; how many steps of each thread were
     * acknowledged. At the blow the process stands still. Without that the kernel would let some fsync calls succeed whose
     * data is lost while the power goes, which it could not do if there were no power.
     */
    static int[] strike(ChildJvm.Builder jvm, Path within, List<String> stores, long seed, Blow blow) throws Exception {
        return strike(jvm, within, stores, seed, writers -> {
            Standstill.of(writers.pid());
            blow.strike();
        });
    }

    @FunctionalInterface
    private interface End {
        void prepare(ChildJvm writers) throws Exception;
    }

    private static int[] strike(ChildJvm.Builder jvm, Path within, List<String> stores, long seed, End end)
            throws Exception {
        List<String> arguments = new ArrayList<>(List.of(Long.toString(seed)));
        arguments.addAll(stores);
        try (ChildJvm writers = jvm.arguments(arguments).start(within)) {
            int[] acknowledged = new int[stores.size() * Writers.PER_STORE];
            InputStream output = writers.output();
            int first = output.read();
            if (first < 0) {
                throw new AssertionError("the writing process ended by itself: " + writers.errors());
            }
            acknowledged[first]++;
            TimeUnit.NANOSECONDS.sleep(new SplittableRandom(seed).nextLong(LONGEST_LIFE_NANOS));
            end.prepare(writers);
            writers.kill();
            if (writers.await(0) != KILLED) {
                throw new AssertionError("the writing process ended by itself: " + writers.errors());
            }
            for (int thread = output.read(); thread >= 0; thread = output.read()) {
                acknowledged[thread]++;
            }
            return acknowledged;
        }
    }
}
