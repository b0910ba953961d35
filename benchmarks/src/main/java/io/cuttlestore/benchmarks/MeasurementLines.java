package io.cuttlestore.benchmarks;

import tools.jackson.databind.json.JsonMapper;

/** What the programs that {@code ./bench} starts have measured: lines of JSON on standard output. */
public final class MeasurementLines {
    private static final JsonMapper JSON = JsonMapper.shared();

    private MeasurementLines() {}

    /** Prints a measurement at once, so that it stays when a later one fails. */
    public static void print(Measurement measurement) {
        System.out.println(JSON.writeValueAsString(measurement));
    }
}
