package io.cuttlestore.sqlite;

import io.cuttlestore.spi.Stored;

/** Deadlines as {@link Schema} stores them: in microseconds since 1970. */
final class Deadlines {
    private static final long MICROS = 1_000;

    private Deadlines() {}

    /** What is stored for epoch milliseconds; beyond the year 294247 it is never. */
    static long toMicros(long millis) {
        if (millis > Schema.NEVER / MICROS) {
            return Schema.NEVER;
        }
        return Math.max(millis, Long.MIN_VALUE / MICROS) * MICROS;
    }

    /** The epoch milliseconds of what is stored. */
    static long toMillis(long micros) {
        return micros == Schema.NEVER ? Stored.NEVER : Math.floorDiv(micros, MICROS);
    }
}
