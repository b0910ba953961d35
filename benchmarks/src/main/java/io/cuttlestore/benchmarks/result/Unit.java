package io.cuttlestore.benchmarks.result;

/** The units of measurements. */
public final class Unit {
    /** Microseconds that an operation takes. */
    public static final String TIME = "us/op";

    /** Bytes that an operation allocates. */
    public static final String ALLOCATION = "B/op";

    private Unit() {}

    /** Whether more is better: something each second. */
    public static boolean isRate(String unit) {
        return unit.endsWith("/s");
    }
}
