package io.cuttlestore.spi;

/**
 * How the callers of a store should share trips to it. Where they do, those that meet are combined into one
 * {@link Backend#executeAll}, reads with reads and writes with writes; a caller that meets nobody travels alone.
 *
 * @param reads how many combined trips that read may be under way at a time; 0 for no combining at all
 * @param writes how many that write; 0 for no combining at all
 * @param readsAlone whether a caller with a platform thread of its own is better off reading alone, as where a pool of
 *     readers costs less than waking up a caller; those with virtual threads and futures share trips all the same
 */
public record Trips(int reads, int writes, boolean readsAlone) {
    /** Trips are not worth sharing. */
    public static final Trips ALONE = new Trips(0, 0, true);

    /** All who meet share trips. */
    public static Trips shared(int reads, int writes) {
        return new Trips(reads, writes, false);
    }

    /** Writes share trips; reads of platform threads do not. */
    public static Trips sharedWrites(int reads, int writes) {
        return new Trips(reads, writes, true);
    }
}
