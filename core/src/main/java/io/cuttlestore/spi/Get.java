package io.cuttlestore.spi;

import org.jspecify.annotations.Nullable;

/** Reads an entry, or as much of it as is wanted. */
public final class Get extends Command<@Nullable Stored> {
    /** How much of the entry the reply must have. */
    public enum Want {
        /** Only whether it is there; no value is moved. */
        EXISTENCE,
        /** The payload. */
        VALUE,
        /** Payload, version and deadline. */
        ENTRY
    }

    private final Want want;

    public Get(Key key, Want want, Deadline deadline) {
        super(key, deadline);
        this.want = want;
    }

    public Want want() {
        return want;
    }

    @Override
    public boolean isWrite() {
        return false;
    }

    @Override
    @SuppressWarnings("NullAway") // the reply type is nullable, which NullAway does not see through the type argument
    public @Nullable Stored on(Operations target) {
        return target.get(this);
    }
}
