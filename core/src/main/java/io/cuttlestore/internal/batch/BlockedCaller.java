package io.cuttlestore.internal.batch;

import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.spi.Command;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A command whose caller waits on its own thread, and leads a trip with it when its turn comes. */
final class BlockedCaller<R extends @Nullable Object> extends Waiter<R> {
    private final Thread thread = Thread.currentThread();
    private final boolean leadsItself;

    /** Zero before it sleeps, and only then is it to be woken. Written by its own thread. */
    private volatile int yieldsLeft;

    BlockedCaller(Command<R> command, boolean leadsItself, int yields) {
        super(command);
        this.leadsItself = leadsItself;
        this.yieldsLeft = leadsItself ? yields : 0;
    }

    @Override
    boolean leadsItself() {
        return leadsItself;
    }

    @Override
    boolean isWanted() {
        return true;
    }

    @Override
    void wake() {
        if (yieldsLeft == 0 && thread != Thread.currentThread()) {
            LockSupport.unpark(thread);
        }
    }

    /** Waits for the reply; an interrupt or the deadline ends the wait, and keeps what is still queued from being sent. */
    R await(BlockingLane lane) {
        boolean interrupted = false;
        try {
            while (!isDone()) {
                if (mustLead()) {
                    interrupted |= Thread.interrupted(); // an interrupt must not fail what others sent along
                    lane.lead(this);
                } else if (command().deadline().hasPassed()) {
                    if (!giveUp(lane.timedOut(command()))) {
                        abandon(lane.unanswered(command()));
                    }
                } else if (Thread.interrupted()) {
                    interrupted = true;
                    giveUp(new StoreInterruptedException("interrupted while waiting for a turn at " + lane.location()
                            + "; key '" + command().key() + "' was not touched"));
                } else {
                    pause(lane);
                }
            }
            return reply(Objects.requireNonNull(outcome()));
        } catch (Error e) {
            leave(lane, e);
            throw e;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits a little, or until it is woken. What ends the wait is looked at again between the last yield and sleep. */
    @SuppressWarnings("ThreadPriorityCheck") // a hint that costs nothing where it is not taken
    private void pause(BlockingLane lane) {
        int yields = yieldsLeft;
        if (yields > 0) {
            Thread.yield();
            yieldsLeft = yields - 1;
        } else {
            LockSupport.parkNanos(lane, command().deadline().remainingNanos());
        }
    }

    private boolean mustLead() {
        return leadsItself && isLeading();
    }

    /** Keeps others from waiting for a thread that is gone. */
    private void leave(BlockingLane lane, Error e) {
        if (!giveUp(new IllegalStateException(e)) && mustLead()) {
            lane.lead(this);
        }
    }

    @SuppressWarnings("NullAway") // an outcome without a failure holds the reply, which is null only where R allows it
    private R reply(Outcome<R> outcome) {
        if (outcome.failure() != null) {
            throw outcome.failure();
        }
        return outcome.reply();
    }
}
