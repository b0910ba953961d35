package io.cuttlestore.internal;

import io.cuttlestore.AsyncCuttlestore;
import io.cuttlestore.Capabilities;
import io.cuttlestore.Capability;
import io.cuttlestore.Codec;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.Entry;
import io.cuttlestore.Page;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.UndecodableValueException;
import io.cuttlestore.ValueTooLargeException;
import io.cuttlestore.Version;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Key;
import io.cuttlestore.spi.Namespace;
import io.cuttlestore.spi.Payload;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.Stored;
import io.cuttlestore.spi.Touch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A typed view: turns calls into commands, and replies into values. */
final class Store<V> implements Cuttlestore<V> {
    private final Connection connection;
    private final Capabilities capabilities;
    private final Namespace namespace;
    private final Codec<V> codec;
    private final Duration timeout;
    private final boolean ownsConnection;
    private final boolean keepsObjects;
    private volatile boolean closed;

    Store(Connection connection, Namespace namespace, Codec<V> codec, Duration timeout, boolean ownsConnection) {
        this.connection = connection;
        this.capabilities = connection.capabilities();
        this.namespace = namespace;
        this.codec = Objects.requireNonNull(codec);
        this.timeout = timeout;
        this.ownsConnection = ownsConnection;
        this.keepsObjects = capabilities.traits().inProcess() && codec.shareable();
    }

    Store<V> owningConnection() {
        return new Store<>(connection, namespace, codec, timeout, true);
    }

    @Override
    public Optional<V> get(String key) {
        return value(execute(newGet(key, Get.Want.VALUE)), key);
    }

    @Override
    public Optional<Entry<V>> entry(String key) {
        return entry(execute(newGet(key, Get.Want.ENTRY)), key);
    }

    @Override
    public boolean contains(String key) {
        return execute(newGet(key, Get.Want.EXISTENCE)) != null;
    }

    @Override
    public void put(String key, V value) {
        put(key, value, PutOptions.defaults());
    }

    @Override
    public void put(String key, V value, PutOptions options) {
        execute(newPut(key, value, options));
    }

    @Override
    public void delete(String key) {
        execute(newDelete(key));
    }

    @Override
    public boolean touch(String key, Duration ttl) {
        return execute(newTouch(key, Expiry.after(ttl)));
    }

    @Override
    public boolean persist(String key) {
        return execute(newTouch(key, Expiry.NEVER));
    }

    @Override
    public boolean putIfAbsent(String key, V value) {
        return putIfAbsent(key, value, PutOptions.defaults());
    }

    @Override
    public boolean putIfAbsent(String key, V value, PutOptions options) {
        return execute(newPutIfAbsent(key, value, options));
    }

    @Override
    public boolean replace(String key, Version seen, V value) {
        return replace(key, seen, value, PutOptions.defaults());
    }

    @Override
    public boolean replace(String key, Version seen, V value, PutOptions options) {
        return execute(newReplace(key, seen, value, options));
    }

    @Override
    public boolean delete(String key, Version seen) {
        return execute(newDelete(key, seen)).deleted();
    }

    @Override
    public Optional<V> getAndDelete(String key) {
        return deleted(execute(newGetAndDelete(key)).old(), key);
    }

    /** The value that was deleted; one that can't be decoded is put back. */
    Optional<V> deleted(@Nullable Stored old, String key) {
        try {
            return value(old, key);
        } catch (UndecodableValueException undecodable) {
            putBack(key(key), Objects.requireNonNull(old), undecodable);
            throw undecodable;
        }
    }

    private void putBack(Key key, Stored old, UndecodableValueException reason) {
        Expiry expiry = old.expiresAt() == Stored.NEVER ? Expiry.NEVER : new Expiry.At(old.expiresAt());
        try {
            execute(new Put(key, old.payload(), expiry, Condition.IF_ABSENT, deadline()));
        } catch (CuttlestoreException e) {
            reason.addSuppressed(e);
        }
    }

    @Override
    public Optional<V> update(String key, Function<Optional<V>, Optional<V>> change) {
        return update(key, change, PutOptions.defaults());
    }

    @Override
    public Optional<V> update(String key, Function<Optional<V>, Optional<V>> change, PutOptions options) {
        Objects.requireNonNull(change);
        capabilities.require(Capability.CONDITIONAL);
        Key validated = key(key);
        Conflicts conflicts = new Conflicts(connection.location(), validated, timeout);
        while (true) {
            Stored seen = execute(new Get(validated, Get.Want.ENTRY, deadline()));
            Optional<V> changed = Objects.requireNonNull(change.apply(value(seen, key)), "the function returned null");
            if (writeUnlessChanged(validated, seen, changed, options)) {
                return changed;
            }
            conflicts.backOff();
        }
    }

    private boolean writeUnlessChanged(Key key, @Nullable Stored seen, Optional<V> changed, PutOptions options) {
        if (changed.isPresent()) {
            Condition condition = seen == null ? Condition.IF_ABSENT : Condition.ifVersion(seen.version());
            Expiry kept = seen == null ? connection.defaultExpiry() : Expiry.KEEP;
            Expiry expiry = checked(options.expiryOr(kept));
            return execute(new Put(key, payload(key, changed.get()), expiry, condition, deadline()));
        }
        return seen == null
                || execute(new Delete(key, Condition.ifVersion(seen.version()), false, deadline()))
                        .deleted();
    }

    @Override
    public V computeIfAbsent(String key, Function<String, V> loader) {
        return computeIfAbsent(key, loader, PutOptions.defaults());
    }

    @Override
    public V computeIfAbsent(String key, Function<String, V> loader, PutOptions options) {
        Objects.requireNonNull(loader);
        capabilities.require(Capability.CONDITIONAL);
        Key validated = key(key);
        Expiry expiry = expiry(options);
        SingleFlight.Place place = new SingleFlight.Place(connection.location(), validated.stored());
        Deadline patience = Deadline.after(timeout);
        while (true) {
            Stored present = execute(new Get(validated, Get.Want.VALUE, deadline()));
            if (present != null) {
                return present.payload().decode(codec, key);
            }
            Payload loaded = SingleFlight.fly(place, patience, () -> load(validated, loader, expiry));
            if (loaded != null) {
                return loaded.decode(codec, key);
            }
        }
    }

    private SingleFlight.Landing load(Key key, Function<String, V> loader, Expiry expiry) {
        Conflicts conflicts = new Conflicts(connection.location(), key, timeout);
        SingleFlight.Landing present = lookUp(key);
        if (present != null) {
            return present;
        }
        V value = Objects.requireNonNull(loader.apply(key.name()), "the loader returned null");
        Payload payload = payload(key, value);
        while (true) {
            long issuedAt = System.nanoTime();
            if (execute(new Put(key, payload, expiry, Condition.IF_ABSENT, deadline()))) {
                return new SingleFlight.Landing(payload, issuedAt);
            }
            SingleFlight.Landing winner = lookUp(key);
            if (winner != null) {
                return winner;
            }
            conflicts.backOff();
        }
    }

    private SingleFlight.@Nullable Landing lookUp(Key key) {
        long issuedAt = System.nanoTime();
        Stored stored = execute(new Get(key, Get.Want.VALUE, deadline()));
        return stored == null ? null : new SingleFlight.Landing(stored.payload(), issuedAt);
    }

    @Override
    public Map<String, V> getAll(Collection<String> keys) {
        Map<String, V> found = new LinkedHashMap<>();
        Bulk<@Nullable Stored> bulk = new Bulk<>(
                connection,
                "getAll",
                timeout,
                (key, deadline) -> new Get(key, Get.Want.VALUE, deadline),
                (key, stored) -> {
                    if (stored != null) {
                        found.put(key.name(), stored.payload().decode(codec, key.name()));
                    }
                });
        bulk.run(keys(keys));
        return found;
    }

    @Override
    public void putAll(Map<String, ? extends V> entries) {
        putAll(entries, PutOptions.defaults());
    }

    @Override
    public void putAll(Map<String, ? extends V> entries, PutOptions options) {
        newPutAll(entries, options).run();
    }

    /** Encodes everything now; what is returned writes it. */
    Runnable newPutAll(Map<String, ? extends V> entries, PutOptions options) {
        Expiry expiry = expiry(options);
        List<Key> keys = new ArrayList<>(entries.size());
        List<Payload> payloads = new ArrayList<>(entries.size());
        entries.forEach((name, value) -> {
            Key key = key(name);
            payloads.add(payload(key, value));
            keys.add(key);
        });
        Iterator<Payload> inOrder = payloads.iterator();
        Bulk<Boolean> bulk = new Bulk<>(
                connection,
                "putAll",
                timeout,
                (key, deadline) -> new Put(key, inOrder.next(), expiry, Condition.ALWAYS, deadline),
                (key, written) -> {});
        return () -> bulk.run(keys);
    }

    @Override
    public void deleteAll(Collection<String> keys) {
        new Bulk<>(
                        connection,
                        "deleteAll",
                        timeout,
                        (key, deadline) -> new Delete(key, Condition.ALWAYS, false, deadline),
                        (key, result) -> {})
                .run(keys(keys));
    }

    private Set<Key> keys(Collection<String> names) {
        requireOpen();
        Set<Key> keys = new LinkedHashSet<>(2 * names.size());
        names.forEach(name -> keys.add(namespace.key(name)));
        return keys;
    }

    @Override
    public void clear() {
        requireOpen();
        if (namespace.isRoot()) {
            throw new IllegalStateException(
                    "clear() on the root view would erase every namespace; call connection().eraseAll() if that is meant");
        }
        connection.clear(namespace, timeout);
    }

    @Override
    public Stream<Entry<V>> scan() {
        return scan(ScanOptions.all());
    }

    @Override
    public Stream<Entry<V>> scan(ScanOptions options) {
        return newScan(options).stream(false, entry -> entry(namespace.nameOf(entry.key()), entry.stored()));
    }

    @Override
    public Stream<String> keys(ScanOptions options) {
        return newScan(options).stream(true, entry -> namespace.nameOf(entry.key()));
    }

    @Override
    public Page<V> page(ScanOptions options) {
        return newScan(options).page(entry -> entry(namespace.nameOf(entry.key()), entry.stored()));
    }

    private Scan newScan(ScanOptions options) {
        requireOpen();
        capabilities.require(Capability.SCAN);
        return new Scan(connection, namespace, options, timeout, this::requireOpen);
    }

    @Override
    public Cuttlestore<V> withTimeout(Duration limit) {
        requireOpen();
        return new Store<>(connection, namespace, codec, ConnectionSettings.positive("timeout", limit), false);
    }

    @Override
    public AsyncCuttlestore<V> async() {
        requireOpen();
        return new AsyncStore<>(this, connection.asyncCalls(), timeout);
    }

    @Override
    public CuttlestoreConnection connection() {
        return connection;
    }

    @Override
    public void close() {
        closed = true;
        if (ownsConnection) {
            connection.close();
        }
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this view of " + connection.location() + " is closed");
        }
        connection.requireOpen();
    }

    <R extends @Nullable Object> R execute(Command<R> command) {
        return connection.execute(command);
    }

    Get newGet(String key, Get.Want want) {
        return new Get(key(key), want, deadline());
    }

    Put newPut(String key, V value, PutOptions options) {
        return newPut(key(key), value, expiry(options), Condition.ALWAYS);
    }

    Put newPutIfAbsent(String key, V value, PutOptions options) {
        capabilities.require(Capability.CONDITIONAL);
        return newPut(key(key), value, expiry(options), Condition.IF_ABSENT);
    }

    Put newReplace(String key, Version seen, V value, PutOptions options) {
        Condition condition = condition(seen);
        return newPut(key(key), value, checked(options.expiryOr(Expiry.KEEP)), condition);
    }

    Delete newDelete(String key) {
        return new Delete(key(key), Condition.ALWAYS, false, deadline());
    }

    Delete newDelete(String key, Version seen) {
        Condition.OfDelete condition = condition(seen);
        return new Delete(key(key), condition, false, deadline());
    }

    Delete newGetAndDelete(String key) {
        capabilities.require(Capability.CONDITIONAL);
        return new Delete(key(key), Condition.ALWAYS, true, deadline());
    }

    Touch newTouch(String key, Expiry expiry) {
        capabilities.require(Capability.TTL);
        return new Touch(key(key), expiry, deadline());
    }

    Optional<V> value(@Nullable Stored stored, String key) {
        return stored == null ? Optional.empty() : Optional.of(stored.payload().decode(codec, key));
    }

    Optional<Entry<V>> entry(@Nullable Stored stored, String key) {
        return stored == null ? Optional.empty() : Optional.of(entry(key, stored));
    }

    Key key(String name) {
        requireOpen();
        return namespace.key(name);
    }

    private Entry<V> entry(String key, Stored stored) {
        return new Entry<>(key, stored, codec, connection.storeId());
    }

    private Put newPut(Key key, V value, Expiry expiry, Condition condition) {
        return new Put(key, payload(key, value), expiry, condition, deadline());
    }

    private Payload payload(Key key, V value) {
        Objects.requireNonNull(value, "values must not be null");
        if (keepsObjects) {
            return Payload.ofObject(value, codec);
        }
        Payload payload = Payload.encode(value, codec, key.name());
        long limit = capabilities.limits().maxValueBytes();
        if (payload.bytes().length > limit) {
            throw new ValueTooLargeException("the value for key '" + key.name() + "' takes " + payload.bytes().length
                    + " bytes, and " + connection.location() + " accepts " + limit);
        }
        return payload;
    }

    private Condition.OfDelete condition(Version seen) {
        capabilities.require(Capability.CONDITIONAL);
        if (!seen.store().equals(connection.storeId())) {
            throw new IllegalArgumentException(
                    "the version " + seen + " was given by another store than " + connection.location());
        }
        return Condition.ifVersion(seen.token());
    }

    private Expiry expiry(PutOptions options) {
        return checked(options.expiryOr(connection.defaultExpiry()));
    }

    private Expiry checked(Expiry expiry) {
        if (expiry instanceof Expiry.After || expiry instanceof Expiry.At) {
            capabilities.require(Capability.TTL);
        }
        return expiry;
    }

    private Deadline deadline() {
        return connection.deadline(timeout);
    }

    @Override
    public String toString() {
        return "Cuttlestore[" + connection.location() + ", " + namespace + "]";
    }
}
