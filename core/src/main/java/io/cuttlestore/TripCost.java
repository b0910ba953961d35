package io.cuttlestore;

/** What one trip to the store costs beside the work itself. */
public enum TripCost {
    /** A method call. */
    NONE,
    /** A few system calls: not worth waiting for company. */
    CHEAP,
    /** A transaction, an fsync or a network round trip: worth sharing. */
    DEAR
}
