package io.cuttlestore.reliability.network;

import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.reliability.Tally;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits until calls work again. */
final class Recovery {
    private static final long PAUSE_MILLIS = 5;

    private Recovery() {}

    /**
     * Tries until it works, and returns how long that took.
     *
     * @param call returns whether it had the result that is waited for; may throw {@link CuttlestoreException}
     * @throws AssertionError if it does not work in time
     */
    static Duration await(Duration within, BooleanSupplier call) {
        long begin = System.nanoTime();
        CuttlestoreException last = null;
        while (true) {
            try {
                if (call.getAsBoolean()) {
                    return Duration.ofNanos(System.nanoTime() - begin);
                }
            } catch (CuttlestoreException e) {
                last = e;
            }
            if (System.nanoTime() - begin > within.toNanos()) {
                throw new AssertionError("calls do not work again after " + within, last);
            }
            Pause.millis(PAUSE_MILLIS);
        }
    }

    /** Notes how long it took until all worked again. */
    static void note(Duration took, Tally tally) {
        tally.most("ms until all worked again at most", took.toMillis());
    }
}
