package io.cuttlestore.sqlite;

import io.cuttlestore.spi.Stored;

/**
 * Deadlines as {@link Schema} stores them: milliseconds since 1970 times 1,000, plus 807, so that all have the remainder of
 * {@link Schema#NEVER}, and what has another one is damaged: whichever bit of a deadline turns, it has.
 */
final class Deadlines {
    private static final long UNIT = 1_000;
    private static final long REMAINDER = Schema.NEVER % UNIT;
    private static final long LAST = Schema.NEVER / UNIT;

    /** What follows {@code exp} in a condition, and holds unless it is damaged. */
    static final String IS_WHOLE = "% " + UNIT + " = " + REMAINDER;

    private Deadlines() {}

    /** What is stored for epoch milliseconds; beyond the year 294247 it is never, and before 1970 it is then. */
    static long toStored(long millis) {
        return Math.min(Math.max(millis, 0), LAST) * UNIT + REMAINDER;
    }

    /** The epoch milliseconds of what is stored. */
    static long toMillis(long stored) {
        return stored == Schema.NEVER ? Stored.NEVER : Math.floorDiv(stored, UNIT);
    }
}
