package io.cuttlestore.benchmarks.peers;

/** A peer can't be measured on this machine; the message says why. */
final class LeftOutException extends Exception {
    private static final long serialVersionUID = 1;

    LeftOutException(String why) {
        super(why);
    }
}
