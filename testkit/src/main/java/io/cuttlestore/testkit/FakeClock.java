package io.cuttlestore.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. Thread-safe. */
public final class FakeClock implements InstantSource {
    private Instant now;

    private FakeClock(Instant start) {
        this.now = start;
    }

    /** A clock that shows this instant. */
    public static FakeClock at(Instant start) {
        return new FakeClock(start);
    }

    /** Moves the clock on. */
    public synchronized void advance(Duration step) {
        now = now.plus(step);
    }

    /** Sets the clock, back if need be. */
    public synchronized void set(Instant instant) {
        now = instant;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public String toString() {
        return "FakeClock[" + instant() + "]";
    }
}
