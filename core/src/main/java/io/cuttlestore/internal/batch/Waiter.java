package io.cuttlestore.internal.batch;

import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A command in a lane. Whoever moves it out of {@link Stage#QUEUED} decides what becomes of it: made to lead the next
 * trip, taken along on somebody else's, or given up without having been sent. Completed once.
 *
 * @param <R> the reply
 */
abstract class Waiter<R extends @Nullable Object> implements Call<R> {
    private sealed interface State {}

    private enum Stage implements State {
        QUEUED,
        LEADING,
        TAKEN
    }

    /** The end: a failure, or else the reply. */
    record Outcome<R extends @Nullable Object>(
            @Nullable R reply, @Nullable RuntimeException failure) implements State {}

    private final Command<R> command;
    private final AtomicReference<State> state = new AtomicReference<>(Stage.QUEUED);

    Waiter(Command<R> command) {
        this.command = command;
    }

    /** Whether its own thread leads when its turn has come; else one of the lane's leaders does. */
    abstract boolean leadsItself();

    /** Whether anybody still wants the reply. */
    abstract boolean isWanted();

    /** Tells whoever waits that its turn to lead has come, or that the command is done. Quick; never throws. */
    abstract void wake();

    @Override
    public final Command<R> command() {
        return command;
    }

    @Override
    public final void complete(R reply) {
        end(new Outcome<>(reply, null));
    }

    @Override
    public final void fail(CuttlestoreException failure) {
        end(new Outcome<>(null, failure));
    }

    final void failUnexpectedly(RuntimeException failure) {
        end(new Outcome<>(null, failure));
    }

    private void end(Outcome<R> outcome) {
        state.set(outcome);
        wake();
    }

    /** Fails the command if it is still queued, and so was not and never will be sent. */
    final boolean giveUp(RuntimeException reason) {
        boolean wasQueued = state.compareAndSet(Stage.QUEUED, new Outcome<R>(null, reason));
        if (wasQueued) {
            wake();
        }
        return wasQueued;
    }

    final boolean promote() {
        return state.compareAndSet(Stage.QUEUED, Stage.LEADING);
    }

    final boolean take() {
        return state.compareAndSet(Stage.QUEUED, Stage.TAKEN);
    }

    final boolean isQueued() {
        return state.get() == Stage.QUEUED;
    }

    final boolean isLeading() {
        return state.get() == Stage.LEADING;
    }

    final boolean isDone() {
        return state.get() instanceof Outcome;
    }

    /** How it ended, if it has. */
    @SuppressWarnings("unchecked")
    final @Nullable Outcome<R> outcome() {
        return state.get() instanceof Outcome<?> outcome ? (Outcome<R>) outcome : null;
    }
}
