package io.cuttlestore.benchmarks;

import java.util.concurrent.ThreadLocalRandom;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Which key comes next in a thread: all of them in turn, from a place of the thread's own. */
@State(Scope.Thread)
public class Turn {
    private int turn = ThreadLocalRandom.current().nextInt(1 << 20);

    /** A number below {@code bound}, far from the last one. */
    public int next(int bound) {
        turn = (turn + 7_919) & Integer.MAX_VALUE;
        return turn % bound;
    }

    /** How often all of {@code bound} numbers have come, roughly; with it values change from write to write. */
    public int round(int bound) {
        return turn / 7_919 / bound;
    }
}
