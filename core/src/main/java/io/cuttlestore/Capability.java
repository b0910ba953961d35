package io.cuttlestore;

/** What a backend can do beyond reading, writing and deleting single entries. */
public enum Capability {
    /** {@code putIfAbsent}, {@code replace}, {@code delete} by version, {@code getAndDelete}, {@code update}. */
    CONDITIONAL,
    /** Entries may carry a deadline. */
    TTL,
    /** {@code touch} and {@code persist} cost about as much as a read: the value is not written again. */
    CHEAP_TOUCH,
    /** Entries can be enumerated: {@code scan}, {@code keys}, {@code page}, {@code clear}. */
    SCAN,
    /** A scan returns an entry that is present throughout exactly once; without it, at least once. */
    EXACT_SCAN,
    /** A scan returns entries in the order of their stored keys' UTF-8 bytes. */
    ORDERED_SCAN,
    /** A prefix scan costs what it matches, not what is stored. */
    PREFIX_SEEK,
    /**
     * A chunk of {@code putAll} or {@code deleteAll} is one transaction of the store: if process, server or power fail,
     * all of it is there or nothing. Keys that are refused one by one do not take the others with them.
     */
    ATOMIC_BATCH,
    /** Other connections and processes may use the same store at the same time. */
    SHARED,
    /** Acknowledged writes survive the end of this process; {@link Traits#durability()} says how much more. */
    DURABLE,
    /** Acknowledged writes survive a change of the store's primary. */
    SURVIVES_FAILOVER,
    /** Entries leave only when deleted or expired, never to make room. */
    NO_EVICTION,
    /** What is stored under the key is the encoded value and nothing else, so that other programs can share it. */
    PLAIN_VALUES
}
