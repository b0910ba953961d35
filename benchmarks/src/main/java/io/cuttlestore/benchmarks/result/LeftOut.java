package io.cuttlestore.benchmarks.result;

/**
 * What a run did not measure.
 *
 * @param what a comparison, one contender of it, or a whole store
 * @param why the reason, for people
 */
public record LeftOut(String what, String why) {}
