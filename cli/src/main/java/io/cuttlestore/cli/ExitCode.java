package io.cuttlestore.cli;

import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.InvalidConnectionStringException;

/** What the exit codes mean; scripts depend on them. */
final class ExitCode {
    static final int OK = 0;
    /** The key is absent, the condition did not hold, or a verification found a difference. */
    static final int NO = 1;
    /** The command line or the connection string is wrong. */
    static final int USAGE = 2;
    /** The store can't be reached or did not answer in time: trying again may help. */
    static final int UNAVAILABLE = 3;
    /** Anything else. */
    static final int FAILED = 4;

    private ExitCode() {}

    static int of(Throwable failure) {
        if (failure instanceof CommandFailure known) {
            return known.exitCode();
        }
        if (failure instanceof InvalidConnectionStringException || failure instanceof IllegalArgumentException) {
            return USAGE;
        }
        return failure instanceof CuttlestoreException e && e.isTransient() ? UNAVAILABLE : FAILED;
    }
}
