package io.cuttlestore.spi;

import org.jspecify.annotations.Nullable;

/**
 * An operation on one key, as a value with a typed reply. Immutable.
 *
 * @param <R> the reply
 */
public abstract sealed class Command<R extends @Nullable Object> permits Get, Put, Delete, Touch {
    private final Key key;
    private final Deadline deadline;

    Command(Key key, Deadline deadline) {
        this.key = key;
        this.deadline = deadline;
    }

    public final Key key() {
        return key;
    }

    /** When the call must have ended. */
    public final Deadline deadline() {
        return deadline;
    }

    /** Whether carrying the command out twice may differ from once: everything but {@link Get}. */
    public abstract boolean isWrite();

    /** Calls the operation that this command stands for. */
    public abstract R on(Operations target);
}
