package io.cuttlestore.spi;

import java.time.Duration;
import java.time.InstantSource;

/** What the core hands to a backend that is being opened. */
public interface OpenContext {
    /** The time that opening may take, and that calls have unless told otherwise. */
    Duration timeout();

    /**
     * Whether a store that is not there may be made. If not, opening one is
     * {@link io.cuttlestore.InvalidConnectionStringException}; servers, which make nothing, need not ask.
     */
    boolean mayCreate();

    /** The system's clock, or the one the application set; never runs backwards within this process. */
    InstantSource clientClock();

    /** A clock that follows this process's monotonic time, or the one the application set. */
    InstantSource monotonicClock();
}
