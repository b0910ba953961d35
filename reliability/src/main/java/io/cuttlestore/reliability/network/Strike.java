package io.cuttlestore.reliability.network;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A fault that begins after so many bytes, on whichever connection they travel, and lasts until it is called off. */
final class Strike {
    private final Fault fault;
    private final Direction direction;
    private final SplittableRandom random;
    private final int longestMillis;
    private final boolean oneWay;
    private final CountDownLatch begun = new CountDownLatch(1);
    private long left;
    private int times;

    /**
     * A fault to come.
     *
     * @param direction of the bytes that are counted
     * @param after how many of them
     * @param times how many times it befalls bytes that are on their way
     * @param longestMillis the longest delay, if it delays
     * @param seed decides the rest
     */
    Strike(Fault fault, Direction direction, long after, int times, int longestMillis, long seed) {
        this.fault = fault;
        this.direction = direction;
        this.left = after;
        this.times = times;
        this.longestMillis = longestMillis;
        this.random = new SplittableRandom(seed);
        this.oneWay = random.nextBoolean();
    }

    Fault fault() {
        return fault;
    }

    /** How many of these bytes pass before it befalls the rest. */
    synchronized int sparedOf(Direction travelling, int length) {
        if (times == 0) {
            return length;
        }
        int spared = 0;
        if (!hasBegun()) {
            if (travelling != direction || left >= length) {
                left -= travelling == direction ? length : 0;
                return length;
            }
            spared = (int) left;
            begun.countDown();
        }
        times--;
        return spared;
    }

    /** Whether a connection made now is accepted by nobody but the proxy. */
    synchronized boolean swallowsNew() {
        return fault.acceptsOnly() && hasBegun() && times > 0;
    }

    boolean hasBegun() {
        return begun.getCount() == 0;
    }

    /**
     * Waits until it begins.
     *
     * @throws AssertionError if it does not in time
     */
    void awaitBegin(Duration within) {
        try {
            if (!begun.await(within.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("the fault did not come about");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Ends it for what has not been befallen yet. */
    synchronized void callOff() {
        times = 0;
    }

    /** Whether it affects one of two directions only. */
    boolean isOneWay() {
        return oneWay;
    }

    synchronized int nextMillis() {
        return random.nextInt(longestMillis + 1);
    }
}
