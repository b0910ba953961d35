package io.cuttlestore.internal.batch;

import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.spi.Command;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A command whose caller waits on its own thread, and leads a trip with it when its turn comes. */
final class BlockedCaller<R extends @Nullable Object> extends Waiter<R> {
    private final Thread thread = Thread.currentThread();
    private final boolean leadsItself;

    BlockedCaller(Command<R> command, boolean leadsItself) {
        super(command);
        this.leadsItself = leadsItself;
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
        if (thread != Thread.currentThread()) {
            LockSupport.unpark(thread);
        }
    }

    /** Waits for the reply; an interrupt or the deadline ends the wait, and keeps what is still queued from being sent. */
    R await(Lane lane) {
        boolean interrupted = false;
        try {
            while (true) {
                Outcome<R> outcome = outcome();
                if (outcome != null) {
                    return reply(outcome);
                }
                if (mustLead()) {
                    interrupted |= Thread.interrupted(); // an interrupt must not fail what others sent along
                    lane.lead(this);
                    continue;
                }
                long left = command().deadline().remainingNanos();
                if (left <= 0 && !giveUp(lane.timedOut(command())) && !mustLead()) {
                    return abandon(lane);
                }
                if (Thread.interrupted()) {
                    interrupted = true;
                    giveUp(new StoreInterruptedException("interrupted while waiting for a turn at " + lane.location()
                            + "; key '" + command().key() + "' was not touched"));
                }
                if (!isDone() && left > 0) {
                    LockSupport.parkNanos(lane, left);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean mustLead() {
        return leadsItself && isLeading();
    }

    @SuppressWarnings("NullAway") // an outcome without a failure holds the reply, which is null only where R allows it
    private R reply(Outcome<R> outcome) {
        if (outcome.failure() != null) {
            throw outcome.failure();
        }
        return outcome.reply();
    }

    /** Leaves a trip that somebody else leads: its reply will find nobody. */
    private R abandon(Lane lane) {
        String what = lane.location() + " did not answer within "
                + command().deadline().timeout() + " for key '" + command().key() + "'";
        if (command().isWrite()) {
            throw new OutcomeUnknownException(what + "; the write may have been carried out");
        }
        throw new StoreTimeoutException(what);
    }
}
