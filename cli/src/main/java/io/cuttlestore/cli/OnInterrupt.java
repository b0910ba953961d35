package io.cuttlestore.cli;

import java.io.IOException;

/** Something to do if the process is told to stop: Ctrl-C, SIGTERM. */
final class OnInterrupt {
    private final Thread hook;

    OnInterrupt(Runnable action) {
        this.hook = new Thread(action, "cuttle-interrupt");
    }

    /** Work that may be interrupted. */
    interface Work {
        void run() throws IOException;
    }

    /** Does the work; if the process is told to stop meanwhile, the action runs before it ends. */
    void during(Work work) throws IOException {
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            work.run();
        } finally {
            remove();
        }
    }

    private void remove() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException stopping) {
            // The action runs already.
        }
    }
}
