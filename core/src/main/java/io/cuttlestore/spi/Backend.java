package io.cuttlestore.spi;

import io.cuttlestore.Capabilities;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One open store. Thread-safe.
 *
 * <p>No method has a default, so that a layer can't overlook one. Authors of backends extend {@link LoopingBackend} and
 * override what their store can do in one trip; authors of layers extend {@link BackendLayer}.
 */
public interface Backend extends AutoCloseable {
    /**
     * Carries out one command and returns its reply. What it promises is written at {@link Operations}.
     *
     * @throws io.cuttlestore.CuttlestoreException what the world did
     */
    <R extends @Nullable Object> R execute(Command<R> command);

    /**
     * Carries out many commands in as few trips as the store allows.
     *
     * <ul>
     *   <li>completes every call with its own reply or failure before it returns; never throws
     *   <li>a command that fails does not make others fail
     *   <li>no atomicity between commands, no order but that of commands on one key; keys may repeat
     *   <li>the deadline of the first command bounds the trips
     * </ul>
     */
    void executeAll(List<? extends Call<?>> calls);

    /**
     * Reads one page of a scan. Requires {@code SCAN}.
     *
     * <ul>
     *   <li>holds nothing between pages: no transaction, lock, file or memory
     *   <li>over all pages, an entry present throughout appears once with {@code EXACT_SCAN}, at least once without; one
     *       absent throughout never; expired ones never
     *   <li>what is no entry is skipped and logged, and stays in place
     *   <li>a cursor that the store has forgotten is {@link io.cuttlestore.CursorExpiredException}; one that it never gave
     *       is {@link IllegalArgumentException}
     * </ul>
     */
    ScanPage page(ScanRequest request);

    /**
     * Deletes the entries that {@link #page} would return, a page at a time. Requires {@code SCAN}.
     *
     * <ul>
     *   <li>what is no entry stays in place
     *   <li>following the cursors ends, however much is written meanwhile
     * </ul>
     *
     * @return where to go on, or {@code null} at the end
     */
    @Nullable
    String clear(ScanRequest request);

    /**
     * Deletes up to {@code max} expired entries, for stores that do not by themselves.
     *
     * <ul>
     *   <li>each only if it still is that entry with that deadline
     *   <li>costs in proportion to what has expired or been re-armed, not to what is stored
     * </ul>
     *
     * @return how many; fewer than {@code max} if there are no more
     */
    int deleteExpired(int max, Deadline deadline);

    /** How callers should share trips to this store. Does not change while it is open. */
    Trips trips();

    /** What this store can do and is like. Does not change while it is open. */
    Capabilities capabilities();

    /**
     * The id of the store in versions and cursors: 1 to 128 of {@code A-Z a-z 0-9 _ -}, the same after reopening, and
     * another for another store where the store can keep one.
     */
    String storeId();

    /**
     * What is open, for people, without secrets: {@code sqlite:///var/lib/app.db}. Two backends in this process have the
     * same location only if they see the same entries.
     */
    String location();

    /** Makes one trip to the store and back. */
    void ping(Deadline deadline);

    /** The driver's own object of this type, or {@code null} if there is none. */
    <T> @Nullable T unwrap(Class<T> type);

    /**
     * Releases everything within 3 seconds. Idempotent. Calls that are under way end or fail; later ones are
     * {@link IllegalStateException}.
     */
    @Override
    void close();
}
