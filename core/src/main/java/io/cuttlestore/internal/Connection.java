package io.cuttlestore.internal;

import io.cuttlestore.Capabilities;
import io.cuttlestore.Capability;
import io.cuttlestore.Codec;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.Support;
import io.cuttlestore.TripCost;
import io.cuttlestore.TypeRef;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Namespace;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An open backend with its sweeper, and the edge at which what backends throw is put right. */
final class Connection implements CuttlestoreConnection {
    private static final int CLEAR_PAGE = 1_000;

    private final Backend backend;
    private final Capabilities capabilities;
    private final String storeId;
    private final Namespace base;
    private final Duration timeout;
    private final Expiry defaultExpiry;
    private final ValueCodecs codecs;
    private final AsyncCalls asyncCalls;
    private final @Nullable Sweeper sweeper;
    private final boolean waits;
    private volatile boolean closed;

    Connection(
            Backend backend,
            ConnectionSettings settings,
            Namespace base,
            Duration timeout,
            Duration sweepEvery,
            String format) {
        this.backend = backend;
        this.capabilities = backend.capabilities();
        this.storeId = backend.storeId();
        this.base = base;
        this.timeout = timeout;
        this.defaultExpiry = settings.defaultExpiry;
        this.codecs = new ValueCodecs(format);
        this.asyncCalls = new AsyncCalls(settings.executor);
        this.waits = capabilities.traits().trip() != TripCost.NONE;
        if (defaultExpiry != Expiry.NEVER) {
            capabilities.require(Capability.TTL);
        }
        this.sweeper = capabilities.support(Capability.TTL) == Support.EMULATED
                ? new Sweeper(backend, sweepEvery, timeout)
                : null;
    }

    @Override
    public <V> Cuttlestore<V> store(Class<V> type) {
        return store(TypeRef.of(type));
    }

    @Override
    public <V> Cuttlestore<V> store(TypeRef<V> type) {
        return store(codecs.of(type));
    }

    @Override
    public <V> Cuttlestore<V> store(Codec<V> codec) {
        return view(base, codec);
    }

    @Override
    public <V> Cuttlestore<V> store(String namespace, Class<V> type) {
        return store(namespace, TypeRef.of(type));
    }

    @Override
    public <V> Cuttlestore<V> store(String namespace, TypeRef<V> type) {
        return store(namespace, codecs.of(type));
    }

    @Override
    public <V> Cuttlestore<V> store(String namespace, Codec<V> codec) {
        return view(base.child(namespace), codec);
    }

    private <V> Cuttlestore<V> view(Namespace namespace, Codec<V> codec) {
        requireOpen();
        return new Store<>(this, namespace, codec, timeout, false);
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public String location() {
        return backend.location();
    }

    @Override
    public void ping() {
        atTheEdge(() -> {
            backend.ping(deadline(timeout));
            return null;
        });
    }

    @Override
    public void eraseAll() {
        clear(base, timeout);
    }

    @Override
    public <T> T unwrap(Class<T> nativeClient) {
        requireOpen();
        T client = backend.unwrap(nativeClient);
        if (client == null) {
            throw new IllegalArgumentException("the " + capabilities.traits().backend() + " backend has no "
                    + nativeClient.getName() + " to unwrap");
        }
        return client;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (sweeper != null) {
            sweeper.close();
        }
        asyncCalls.close();
        backend.close();
    }

    Expiry defaultExpiry() {
        return defaultExpiry;
    }

    String storeId() {
        return storeId;
    }

    AsyncCalls asyncCalls() {
        return asyncCalls;
    }

    /** The time limit of a call that begins now; stores that never wait need none. */
    Deadline deadline(Duration allowed) {
        return waits ? Deadline.after(allowed) : Deadline.NONE;
    }

    <R extends @Nullable Object> R execute(Command<R> command) {
        return atTheEdge(() -> backend.execute(command));
    }

    /** Completes every call; never throws but for a connection that is closed. */
    void executeAll(List<? extends Call<?>> calls) {
        atTheEdge(() -> {
            backend.executeAll(calls);
            return null;
        });
    }

    ScanPage page(ScanRequest request) {
        return atTheEdge(() -> backend.page(request));
    }

    void clear(Namespace namespace, Duration allowed) {
        capabilities.require(Capability.SCAN);
        String cursor = null;
        do {
            ScanRequest request = new ScanRequest(namespace.prefix(), cursor, CLEAR_PAGE, true, deadline(allowed));
            cursor = atTheEdge(() -> backend.clear(request));
        } while (cursor != null);
    }

    private <T extends @Nullable Object> T atTheEdge(Supplier<T> call) {
        requireOpen();
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw translated(e);
        }
    }

    private RuntimeException translated(RuntimeException e) {
        if (e instanceof CuttlestoreException || e instanceof IllegalArgumentException) {
            return e;
        }
        if (closed) {
            return new IllegalStateException(closedMessage(), e);
        }
        return new StoreFailedException(backend.location() + " failed unexpectedly", e);
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException(closedMessage());
        }
    }

    private String closedMessage() {
        return "the connection to " + backend.location() + " is closed";
    }

    @Override
    public String toString() {
        return "CuttlestoreConnection[" + backend.location() + (closed ? ", closed]" : "]");
    }
}
