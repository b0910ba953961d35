package io.cuttlestore.internal.batch;

import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
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
        LEADING
    }

    /** A trip that somebody else leads. */
    record Trip(Waiter<?> leader) implements State {}

    /** The end: a failure, or else the reply. */
    record Outcome<R extends @Nullable Object>(
            @Nullable R reply, @Nullable RuntimeException failure) implements State {}

    private final Command<R> command;
    private final AtomicReference<State> state = new AtomicReference<>(Stage.QUEUED);

    /** Whether the trip failed for its leader's sake and the command is to be sent again. Used by the trip's thread. */
    private boolean bumped;

    Waiter(Command<R> command) {
        this.command = command;
    }

    /** Whether its own thread leads when its turn has come; else one of the lane's leaders does. */
    abstract boolean leadsItself();

    /** Whether anybody still wants the reply. */
    abstract boolean isWanted();

    /** Tells a waiter that leads itself that its turn has come. */
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
        if (isForTheLeadersSake(failure)) {
            bumped = true;
        } else {
            failUnexpectedly(failure);
        }
    }

    final void failUnexpectedly(RuntimeException failure) {
        end(new Outcome<>(null, failure));
    }

    private void end(Outcome<R> outcome) {
        State before = state.get();
        if (!(before instanceof Outcome)) {
            state.compareAndSet(before, outcome);
        }
    }

    /** Whether the command was not carried out since the time of the trip's leader was over, or it was interrupted. */
    private boolean isForTheLeadersSake(CuttlestoreException failure) {
        if (!(state.get() instanceof Trip trip) || command.deadline().hasPassed()) {
            return false;
        }
        boolean tooLate = trip.leader().command().deadline().hasPassed();
        return failure instanceof StoreInterruptedException || (failure instanceof StoreTimeoutException && tooLate);
    }

    /** Whether the command is to be sent again, and queued once more. */
    final boolean returnsToQueue() {
        boolean returns = bumped && state.get() instanceof Trip trip && state.compareAndSet(trip, Stage.QUEUED);
        bumped = false;
        return returns;
    }

    /** Fails the command if it is still queued, and so was not and never will be sent. */
    final boolean giveUp(RuntimeException reason) {
        return state.compareAndSet(Stage.QUEUED, new Outcome<R>(null, reason));
    }

    /** Fails a command that is on its way on somebody else's thread; its reply will find nobody. */
    final boolean abandon(RuntimeException reason) {
        State before = state.get();
        boolean isTaken = before instanceof Trip || (before == Stage.LEADING && !leadsItself());
        return isTaken && state.compareAndSet(before, new Outcome<R>(null, reason));
    }

    final boolean promote() {
        return state.compareAndSet(Stage.QUEUED, Stage.LEADING);
    }

    final boolean take(Trip trip) {
        return state.compareAndSet(Stage.QUEUED, trip);
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
