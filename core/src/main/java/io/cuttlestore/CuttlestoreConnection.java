package io.cuttlestore;

/**
 * An open backend with its sweeper and its layers; gives typed stores. Thread-safe; closed once, with all its stores.
 */
public interface CuttlestoreConnection extends AutoCloseable {
    /**
     * Opens the store that a connection string names.
     *
     * @throws InvalidConnectionStringException if the string does not name a store
     * @throws CuttlestoreException if the store can't be opened
     */
    static CuttlestoreConnection open(String connectionString) {
        return Cuttlestore.builder(connectionString).connect();
    }

    /** The view of all keys: the whole store, or the connection's base namespace if it has one. */
    <V> Cuttlestore<V> store(Class<V> type);

    /** As {@link #store(Class)}, for a type with parameters. */
    <V> Cuttlestore<V> store(TypeRef<V> type);

    /** As {@link #store(Class)}, with a codec of your own. */
    <V> Cuttlestore<V> store(Codec<V> codec);

    /**
     * The view of a namespace.
     *
     * @throws IllegalKeyException if the name is empty, too long or holds an unpaired surrogate
     */
    <V> Cuttlestore<V> store(String namespace, Class<V> type);

    /** As {@link #store(String, Class)}, for a type with parameters. */
    <V> Cuttlestore<V> store(String namespace, TypeRef<V> type);

    /** As {@link #store(String, Class)}, with a codec of your own. */
    <V> Cuttlestore<V> store(String namespace, Codec<V> codec);

    /** What the open store can do. */
    Capabilities capabilities();

    /** What is open, without secrets: {@code sqlite:///var/lib/app.db}. */
    String location();

    /** Makes one trip to the store and back. */
    void ping();

    /** Deletes every entry of the connection: of the whole store, or of the base namespace if it has one. */
    void eraseAll();

    /**
     * The driver's own object: the deliberate way around this library.
     *
     * @throws IllegalArgumentException if the backend has none of this type
     */
    <T> T unwrap(Class<T> nativeClient);

    /** Releases all threads, files and sockets within 5 seconds. Idempotent. Later calls throw {@link IllegalStateException}. */
    @Override
    void close();
}
