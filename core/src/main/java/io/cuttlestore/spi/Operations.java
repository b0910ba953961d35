package io.cuttlestore.spi;

import org.jspecify.annotations.Nullable;

/**
 * The operations on single keys that a backend implements. All are called by many threads at once.
 *
 * <p>Common to all: an entry whose deadline has come is absent; a driver's exception is translated into a
 * {@link io.cuttlestore.CuttlestoreException}; a call ends by its {@link Command#deadline()} with
 * {@link io.cuttlestore.StoreTimeoutException} if nothing was carried out, and a write whose outcome can't be known ends
 * with {@link io.cuttlestore.OutcomeUnknownException} and is never sent again.
 */
public interface Operations {
    /**
     * Reads an entry.
     *
     * <ul>
     *   <li>a missing or expired entry is {@code null}; an expired one may be removed only if it still is that entry with
     *       that deadline
     *   <li>what is no entry is {@link io.cuttlestore.CorruptEntryException} and stays in place
     *   <li>sees every write that returned before on this connection, and on a {@code SHARED} backend on any
     * </ul>
     */
    @Nullable
    Stored get(Get get);

    /**
     * Writes an entry atomically; readers see the whole old or the whole new one.
     *
     * <ul>
     *   <li>{@link Condition#ALWAYS} always returns {@code true} and acts on whatever is there, foreign or corrupt
     *   <li>other conditions require {@code CONDITIONAL} and are decided in one step with the write, linearizably per key
     *   <li>{@link Expiry#KEEP} keeps the deadline of a live entry, never that of an expired one
     *   <li>an {@link Expiry.At} already past succeeds and leaves the key absent
     *   <li>the version token is new: it never recurs for other bytes under this key
     * </ul>
     */
    boolean put(Put put);

    /**
     * Deletes an entry.
     *
     * <ul>
     *   <li>a missing or expired entry is {@link DeleteResult#NONE}
     *   <li>{@link Condition#ALWAYS} acts on whatever is there, foreign or corrupt, unless the old value is wanted and
     *       can't be read: then {@link io.cuttlestore.CorruptEntryException}, and it stays
     *   <li>{@link Condition.IfVersion} and {@link Delete#wantsOld()} require {@code CONDITIONAL} and are linearizable
     * </ul>
     */
    DeleteResult delete(Delete delete);

    /**
     * Gives an entry another deadline. Requires {@code TTL}.
     *
     * <ul>
     *   <li>a missing or expired entry is {@code false} and is not revived
     *   <li>value and version stay; a concurrent put is never lost
     * </ul>
     */
    boolean touch(Touch touch);
}
