package io.cuttlestore.internal;

import io.cuttlestore.AsyncCuttlestore;
import io.cuttlestore.Entry;
import io.cuttlestore.Page;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.Version;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.DeleteResult;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.Touch;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** The asynchronous view of a store: commands are made on the calling thread and carried out on the connection's. */
final class AsyncStore<V> implements AsyncCuttlestore<V> {
    private final Store<V> store;
    private final AsyncCalls calls;
    private final Duration timeout;

    AsyncStore(Store<V> store, AsyncCalls calls, Duration timeout) {
        this.store = store;
        this.calls = calls;
        this.timeout = timeout;
    }

    @Override
    public CompletableFuture<Optional<V>> get(String key) {
        Get get = store.newGet(key, Get.Want.VALUE);
        return calls.submit(get, stored -> store.value(stored, key));
    }

    @Override
    public CompletableFuture<Optional<Entry<V>>> entry(String key) {
        Get get = store.newGet(key, Get.Want.ENTRY);
        return calls.submit(get, stored -> store.entry(stored, key));
    }

    @Override
    public CompletableFuture<Boolean> contains(String key) {
        Get get = store.newGet(key, Get.Want.EXISTENCE);
        return calls.submit(get, stored -> stored != null);
    }

    @Override
    public CompletableFuture<Void> put(String key, V value) {
        return put(key, value, PutOptions.defaults());
    }

    @Override
    public CompletableFuture<Void> put(String key, V value, PutOptions options) {
        Put put = store.newPut(key, value, options);
        return calls.submit(put, AsyncStore::nothing);
    }

    @Override
    public CompletableFuture<Void> delete(String key) {
        Delete delete = store.newDelete(key);
        return calls.submit(delete, AsyncStore::nothing);
    }

    @Override
    public CompletableFuture<Boolean> touch(String key, Duration ttl) {
        Touch touch = store.newTouch(key, Expiry.after(ttl));
        return calls.submit(touch, Function.identity());
    }

    @Override
    public CompletableFuture<Boolean> persist(String key) {
        Touch touch = store.newTouch(key, Expiry.NEVER);
        return calls.submit(touch, Function.identity());
    }

    @Override
    public CompletableFuture<Boolean> putIfAbsent(String key, V value) {
        return putIfAbsent(key, value, PutOptions.defaults());
    }

    @Override
    public CompletableFuture<Boolean> putIfAbsent(String key, V value, PutOptions options) {
        Put put = store.newPutIfAbsent(key, value, options);
        return calls.submit(put, Function.identity());
    }

    @Override
    public CompletableFuture<Boolean> replace(String key, Version seen, V value) {
        return replace(key, seen, value, PutOptions.defaults());
    }

    @Override
    public CompletableFuture<Boolean> replace(String key, Version seen, V value, PutOptions options) {
        Put put = store.newReplace(key, seen, value, options);
        return calls.submit(put, Function.identity());
    }

    @Override
    public CompletableFuture<Boolean> delete(String key, Version seen) {
        Delete delete = store.newDelete(key, seen);
        return calls.submit(delete, DeleteResult::deleted);
    }

    @Override
    public CompletableFuture<Optional<V>> getAndDelete(String key) {
        Delete delete = store.newGetAndDelete(key);
        return calls.submit(delete, result -> store.deleted(result.old(), key));
    }

    @Override
    public CompletableFuture<Optional<V>> update(String key, Function<Optional<V>, Optional<V>> change) {
        return update(key, change, PutOptions.defaults());
    }

    @Override
    public CompletableFuture<Optional<V>> update(
            String key, Function<Optional<V>, Optional<V>> change, PutOptions options) {
        store.key(key);
        Objects.requireNonNull(change);
        return submit(() -> store.update(key, change, options));
    }

    @Override
    public CompletableFuture<V> computeIfAbsent(String key, Function<String, V> loader) {
        return computeIfAbsent(key, loader, PutOptions.defaults());
    }

    @Override
    public CompletableFuture<V> computeIfAbsent(String key, Function<String, V> loader, PutOptions options) {
        store.key(key);
        Objects.requireNonNull(loader);
        return submit(() -> store.computeIfAbsent(key, loader, options));
    }

    @Override
    public CompletableFuture<Map<String, V>> getAll(Collection<String> keys) {
        List<String> copy = List.copyOf(keys);
        copy.forEach(store::key);
        return submit(() -> store.getAll(copy));
    }

    @Override
    public CompletableFuture<Void> putAll(Map<String, ? extends V> entries) {
        return putAll(entries, PutOptions.defaults());
    }

    @Override
    public CompletableFuture<Void> putAll(Map<String, ? extends V> entries, PutOptions options) {
        Runnable putAll = store.newPutAll(new LinkedHashMap<>(entries), options);
        return run(putAll);
    }

    @Override
    public CompletableFuture<Void> deleteAll(Collection<String> keys) {
        List<String> copy = List.copyOf(keys);
        copy.forEach(store::key);
        return run(() -> store.deleteAll(copy));
    }

    @Override
    public CompletableFuture<Void> clear() {
        return run(store::clear);
    }

    @Override
    public CompletableFuture<Page<V>> page(ScanOptions options) {
        Objects.requireNonNull(options);
        return submit(() -> store.page(options));
    }

    @SuppressWarnings("NullAway") // Void has no value but null
    private static Void nothing(Object reply) {
        return null;
    }

    private CompletableFuture<Void> run(Runnable call) {
        return submit(() -> {
            call.run();
            return null;
        });
    }

    private <T> CompletableFuture<T> submit(Supplier<T> call) {
        return calls.submit(timeout, call);
    }
}
