package io.cuttlestore.cli;

import java.time.Duration;
import java.util.Locale;

/** Durations in words. */
final class Times {
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private Times() {}

    /** The two largest units: {@code 1 d 3 h}, {@code 4 m 10 s}; below a minute, seconds with tenths. */
    static String words(Duration time) {
        if (time.toDays() > 0) {
            return time.toDays() + " d " + time.toHoursPart() + " h";
        }
        if (time.toHours() > 0) {
            return time.toHours() + " h " + time.toMinutesPart() + " m";
        }
        if (time.toMinutes() > 0) {
            return time.toMinutes() + " m " + time.toSecondsPart() + " s";
        }
        return String.format(Locale.ROOT, "%.1f s", time.toNanos() / NANOS_PER_SECOND);
    }

    /** A latency with three digits or so: {@code 1.6 us}, {@code 12.3 ms}. */
    static String latency(long nanos) {
        if (nanos < NANOS_PER_MILLI) {
            return String.format(Locale.ROOT, "%.1f us", nanos / NANOS_PER_MICRO);
        }
        return nanos < NANOS_PER_SECOND
                ? String.format(Locale.ROOT, "%.2f ms", nanos / NANOS_PER_MILLI)
                : String.format(Locale.ROOT, "%.2f s", nanos / NANOS_PER_SECOND);
    }
}
