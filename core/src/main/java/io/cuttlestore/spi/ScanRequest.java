package io.cuttlestore.spi;

import org.jspecify.annotations.Nullable;

/**
 * One page of a scan.
 *
 * @param prefix what the stored keys must begin with, literally; may be empty
 * @param cursor where to begin: the {@link ScanPage#next()} of an earlier page of the same prefix; {@code null} at first
 * @param pageSize how many entries the page should have; a hint
 * @param keysOnly whether the entries' {@link ScanEntry#stored()} will not be looked at
 * @param deadline when the call must have ended
 */
public record ScanRequest(String prefix, @Nullable String cursor, int pageSize, boolean keysOnly, Deadline deadline) {}
