package io.cuttlestore.reliability;

import java.nio.file.Path;

/**
 * Where a trial works, and where it counts what happens. Thread-safe.
 *
 * @param folder an empty one of its own, removed afterwards
 * @param tally what it met, for the report
 * @param quick whether a short run is wanted
 */
public record Site(Path folder, Tally tally, boolean quick) {}
