package io.cuttlestore.filesystem;

import io.cuttlestore.filesystem.StoreFolder.Place;

/**
 * Guesses whether a file is missing from whether it was the last time. To open a missing file costs an exception, and to
 * look for it first costs those who find it a system call; nothing but that hangs on a guess. Files share guesses when
 * their checksums end alike. Thread-safe: a note that gets lost is a wrong guess.
 */
final class LikelyMissing {
    private static final int MASK = (1 << 16) - 1;

    private final boolean[] missing = new boolean[MASK + 1];

    boolean guess(Place place) {
        return missing[place.checksum() & MASK];
    }

    void note(Place place, boolean wasMissing) {
        int index = place.checksum() & MASK;
        if (missing[index] != wasMissing) {
            missing[index] = wasMissing;
        }
    }
}
