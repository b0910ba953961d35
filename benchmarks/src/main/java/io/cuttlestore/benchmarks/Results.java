package io.cuttlestore.benchmarks;

import tools.jackson.databind.json.JsonMapper;

/** What a program that {@code ./bench} starts has measured: lines of JSON on standard output. */
public final class Results {
    private static final JsonMapper JSON = JsonMapper.shared();

    private Results() {}

    /** Prints a measurement at once, so that it stays when a later one fails. */
    public static void print(Measurement measurement) {
        System.out.println(JSON.writeValueAsString(measurement));
    }
}
