package io.cuttlestore;

/** The one clock that decides when the entries of a store expire. */
public enum ClockSource {
    /** This process's monotonic clock: changes of the system's time do not matter. */
    MONOTONIC,
    /** The system clock of each client; within one process it never runs backwards. */
    CLIENT,
    /** The server's. */
    SERVER
}
