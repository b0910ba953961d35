package io.cuttlestore.benchmarks.run;

import org.openjdk.jmh.util.Statistics;

/**
 * What a fork measured.
 *
 * @param time microseconds an operation, of many threads the time that one would need if none waited longer than another
 * @param allocated bytes an operation
 * @param times of single operations in microseconds, where the {@linkplain io.cuttlestore.benchmarks.Comparison#isLatency
 *     comparison} wants them
 */
record ForkResult(double time, double allocated, Statistics times) {}
