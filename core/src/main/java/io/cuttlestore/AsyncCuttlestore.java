package io.cuttlestore;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * The operations of a {@link Cuttlestore} with futures: each promises what the method of the same name and parameters
 * promises there. Thread-safe.
 *
 * <p>Arguments are checked and values encoded before a method returns. A future fails with the exception that the
 * blocking method throws. Reads and writes of one key ({@code get}, {@code put}, {@code delete} and the like, not calls of
 * several steps such as {@code update}) are carried out in the order in which they were called. Cancelling a future abandons
 * the wait, not a write that is under way. Stages that depend on a future run on the connection's
 * {@linkplain CuttlestoreBuilder#executor executor}, never on a thread that serves other calls.
 *
 * @param <V> the values
 */
public interface AsyncCuttlestore<V> {
    CompletableFuture<Optional<V>> get(String key);

    CompletableFuture<Optional<Entry<V>>> entry(String key);

    CompletableFuture<Boolean> contains(String key);

    CompletableFuture<Void> put(String key, V value);

    CompletableFuture<Void> put(String key, V value, PutOptions options);

    CompletableFuture<Void> delete(String key);

    CompletableFuture<Boolean> touch(String key, Duration ttl);

    CompletableFuture<Boolean> persist(String key);

    CompletableFuture<Boolean> putIfAbsent(String key, V value);

    CompletableFuture<Boolean> putIfAbsent(String key, V value, PutOptions options);

    CompletableFuture<Boolean> replace(String key, Version seen, V value);

    CompletableFuture<Boolean> replace(String key, Version seen, V value, PutOptions options);

    CompletableFuture<Boolean> delete(String key, Version seen);

    CompletableFuture<Optional<V>> getAndDelete(String key);

    CompletableFuture<Optional<V>> update(String key, Function<Optional<V>, Optional<V>> change);

    CompletableFuture<Optional<V>> update(String key, Function<Optional<V>, Optional<V>> change, PutOptions options);

    CompletableFuture<V> computeIfAbsent(String key, Function<String, V> loader);

    CompletableFuture<V> computeIfAbsent(String key, Function<String, V> loader, PutOptions options);

    CompletableFuture<Map<String, V>> getAll(Collection<String> keys);

    CompletableFuture<Void> putAll(Map<String, ? extends V> entries);

    CompletableFuture<Void> putAll(Map<String, ? extends V> entries, PutOptions options);

    CompletableFuture<Void> deleteAll(Collection<String> keys);

    CompletableFuture<Void> clear();

    /** One page of a scan: the asynchronous form of {@link Cuttlestore#scan(ScanOptions)}. */
    CompletableFuture<Page<V>> page(ScanOptions options);
}
