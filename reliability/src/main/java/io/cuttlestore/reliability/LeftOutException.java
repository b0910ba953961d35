package io.cuttlestore.reliability;

/** Says what this machine lacks for a trial. */
public final class LeftOutException extends Exception {
    private static final long serialVersionUID = 1L;

    public LeftOutException(String reason) {
        super(reason);
    }
}
