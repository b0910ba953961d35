package io.cuttlestore;

import io.cuttlestore.spi.Backend;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A typed view of a key-value store, usually of one namespace. Thread-safe and cheap.
 *
 * <p>The semantics are the same on every backend. Keys are non-empty Unicode strings that are equal when their code
 * points are; values are never {@code null}. An entry whose deadline has come is absent to every operation. After a
 * write returns, every later read from the same connection sees it. What a backend can't do it refuses with
 * {@link UnsupportedCapabilityException}.
 *
 * <p>Every method may throw a {@link CuttlestoreException} for what the world does, {@link IllegalKeyException} for a
 * key that is no key, {@link NullPointerException} for a {@code null}, and {@link IllegalStateException} once the store
 * or its connection is closed. Each trip to the store has a time limit, 5 seconds unless set.
 *
 * @param <V> the values
 */
public interface Cuttlestore<V> extends AutoCloseable {
    /**
     * Opens the store that a connection string names, with values of a class. The store owns its connection: closing it
     * closes that too.
     *
     * @throws InvalidConnectionStringException if the string does not name a store
     * @throws CuttlestoreException if the store can't be opened
     */
    static <V> Cuttlestore<V> open(String connectionString, Class<V> type) {
        return builder(connectionString).open(type);
    }

    /** As {@link #open(String, Class)}, for a type with parameters. */
    static <V> Cuttlestore<V> open(String connectionString, TypeRef<V> type) {
        return builder(connectionString).open(type);
    }

    /** As {@link #open(String, Class)}, with a codec of your own. */
    static <V> Cuttlestore<V> open(String connectionString, Codec<V> codec) {
        return builder(connectionString).open(codec);
    }

    /** Begins to set up a connection to the store that the string names; nothing is opened yet. */
    static CuttlestoreBuilder builder(String connectionString) {
        return new CuttlestoreBuilder(connectionString);
    }

    /** As {@link #builder(String)}, over a backend that is open already: one made on an existing pool or data source. */
    static CuttlestoreBuilder builder(Backend backend) {
        return new CuttlestoreBuilder(backend);
    }

    /** The value of a key. */
    Optional<V> get(String key);

    /** The value of a key with its version and expiry. The value is decoded when it is asked for. */
    Optional<Entry<V>> entry(String key);

    /** Whether there is an entry; moves no value. */
    boolean contains(String key);

    /** Writes a value with the store's default time to live, which clears an earlier deadline. */
    void put(String key, V value);

    /** Writes a value. */
    void put(String key, V value, PutOptions options);

    /** Deletes an entry; a missing one is fine. */
    void delete(String key);

    /**
     * Gives an entry a new deadline, this long from now, and leaves value and version as they are.
     *
     * @return whether there was one
     * @throws IllegalArgumentException if the duration is zero or negative
     */
    boolean touch(String key, Duration ttl);

    /**
     * Takes the deadline of an entry away.
     *
     * @return whether there was an entry
     */
    boolean persist(String key);

    /**
     * Writes a value if the key has none.
     *
     * @return whether it was written
     */
    boolean putIfAbsent(String key, V value);

    /** As {@link #putIfAbsent(String, Object)}, with an expiry. */
    boolean putIfAbsent(String key, V value, PutOptions options);

    /**
     * Writes a value if the entry still has the version that was seen; keeps its deadline.
     *
     * @return whether it was written
     * @throws IllegalArgumentException if the version is one of another store
     */
    boolean replace(String key, Version seen, V value);

    /** As {@link #replace(String, Version, Object)}, with an expiry. */
    boolean replace(String key, Version seen, V value, PutOptions options);

    /**
     * Deletes an entry if it still has the version that was seen.
     *
     * @return whether it was deleted
     * @throws IllegalArgumentException if the version is one of another store
     */
    boolean delete(String key, Version seen);

    /**
     * Deletes an entry and returns its value. Of many callers one gets it.
     *
     * @throws UndecodableValueException if the value does not decode; the entry is put back
     */
    Optional<V> getAndDelete(String key);

    /**
     * Changes a value without losing what others write: reads it, runs the function, writes the result if nothing has
     * changed meanwhile, and begins again otherwise. The function may run many times, each time on a copy of its own, and
     * never while a lock or connection is held. An empty result deletes. The deadline is kept.
     *
     * @return what the function returned last
     * @throws StoreTimeoutException if others kept interfering until the time limit
     */
    Optional<V> update(String key, Function<Optional<V>, Optional<V>> change);

    /** As {@link #update(String, Function)}, with an expiry. */
    Optional<V> update(String key, Function<Optional<V>, Optional<V>> change, PutOptions options);

    /**
     * The value of a key; if it has none, that which the loader makes. In one process one loader runs per key and the
     * other callers wait for it, up to their time limit; if another process was faster, all return its value. The loader
     * runs on the calling thread, never while a lock or connection is held, and takes as long as it needs.
     *
     * @throws IllegalStateException if the loader asks for its own key, directly or through other loaders that wait for
     *     each other
     * @throws NullPointerException if the loader returns {@code null}
     * @throws StoreTimeoutException if another caller's loader takes longer than the time limit
     */
    V computeIfAbsent(String key, Function<String, V> loader);

    /** As {@link #computeIfAbsent(String, Function)}, with an expiry for what the loader makes. */
    V computeIfAbsent(String key, Function<String, V> loader, PutOptions options);

    /**
     * The values of the keys that have one, in the order of the request. Each chunk of keys is one trip where the backend
     * can, and has the time limit for itself.
     *
     * @throws BatchException if some keys could not be read
     */
    Map<String, V> getAll(Collection<String> keys);

    /**
     * Writes many values, each atomically, all together not.
     *
     * @throws BatchException if some keys failed
     */
    void putAll(Map<String, ? extends V> entries);

    /** As {@link #putAll(Map)}, with an expiry. */
    void putAll(Map<String, ? extends V> entries, PutOptions options);

    /**
     * Deletes many entries, each atomically, all together not; missing ones are fine.
     *
     * @throws BatchException if some keys failed
     */
    void deleteAll(Collection<String> keys);

    /**
     * Deletes what is in this namespace, and in namespaces within it, at the time of the call. Not atomic.
     *
     * @throws IllegalStateException on the root view, where {@link CuttlestoreConnection#eraseAll()} is the way
     */
    void clear();

    /** All entries of the view. The stream is lazy, needs constant memory and must be closed. */
    Stream<Entry<V>> scan();

    /**
     * Entries of the view. The stream is lazy, needs constant memory and must be closed. An entry present all the while
     * appears exactly once ({@link Capability#EXACT_SCAN}; else at least once), one absent all the while never, one that
     * changes in either state. Writing while scanning is safe.
     *
     * @throws CursorExpiredException while the stream is read, if the store has forgotten the position
     * @throws IllegalArgumentException if the options hold a cursor of another store, view or prefix
     */
    Stream<Entry<V>> scan(ScanOptions options);

    /** As {@link #scan(ScanOptions)}, keys only; moves no values. */
    Stream<String> keys(ScanOptions options);

    /**
     * One page of a scan, for callers that go on later or elsewhere. Nothing is held for it meanwhile.
     *
     * @throws CursorExpiredException if the store has forgotten the position
     * @throws IllegalArgumentException if the options hold a cursor of another store, view or prefix
     */
    Page<V> page(ScanOptions options);

    /**
     * A view of the same store with another time limit for each trip.
     *
     * @throws IllegalArgumentException if the duration is zero or negative
     */
    Cuttlestore<V> withTimeout(Duration timeout);

    /** The same operations with futures. */
    AsyncCuttlestore<V> async();

    /** The connection of this view. */
    CuttlestoreConnection connection();

    /** Closes this view and, if it came from {@code open}, its connection. Idempotent. */
    @Override
    void close();
}
