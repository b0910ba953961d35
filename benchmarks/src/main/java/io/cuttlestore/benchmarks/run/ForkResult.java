package io.cuttlestore.benchmarks.run;

import org.openjdk.jmh.util.Statistics;

/**
 * What a fork measured.
 *
 * @param time microseconds an operation
 * @param allocated bytes an operation
 * @param times of single operations in microseconds, where the {@linkplain io.cuttlestore.benchmarks.Comparison#isLatency
 *     comparison} wants them
 */
record ForkResult(double time, double allocated, Statistics times) {}
