package io.cuttlestore.benchmarks.scale;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved on. */
final class SetClock implements InstantSource {
    private volatile Instant now = Instant.now();

    @Override
    public Instant instant() {
        return now;
    }

    void moveOn(Duration time) {
        now = now.plus(time);
    }
}
