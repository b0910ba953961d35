package io.cuttlestore.spi;

/** Gives a live entry another deadline, and leaves value and version as they are; replies whether there was one. */
public final class Touch extends Command<Boolean> {
    private final Expiry expiry;

    /** A touch; {@link Expiry#KEEP} would do nothing and is refused. */
    public Touch(Key key, Expiry expiry, Deadline deadline) {
        super(key, deadline);
        if (expiry == Expiry.KEEP) {
            throw new IllegalArgumentException("a touch needs a new expiry");
        }
        this.expiry = expiry;
    }

    public Expiry expiry() {
        return expiry;
    }

    @Override
    public boolean isWrite() {
        return true;
    }

    @Override
    public Boolean on(Operations target) {
        return target.touch(this);
    }
}
