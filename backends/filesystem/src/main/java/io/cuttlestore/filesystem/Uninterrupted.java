package io.cuttlestore.filesystem;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;

/**
 * Input and output that is carried through although the thread is interrupted. An interrupt closes the channel that the
 * thread works on; the work is then done again on a new one, and the interrupt flag set at the end.
 */
final class Uninterrupted {
    private Uninterrupted() {}

    /**
     * Work that opens its own channels and may be done again from the start.
     *
     * @param <T> its result
     */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    static <T> T run(Work<T> work) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return work.run();
                } catch (ClosedByInterruptException e) {
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
