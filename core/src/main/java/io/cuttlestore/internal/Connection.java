package io.cuttlestore.internal;

import io.cuttlestore.Capabilities;
import io.cuttlestore.Capability;
import io.cuttlestore.Codec;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
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
import java.util.concurrent.ThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** An open backend with its sweeper, and the edge at which what backends throw is put right. */
final class Connection implements CuttlestoreConnection {
    private static final int CLEAR_PAGE = 1_000;

    private final Edge edge;
    private final Capabilities capabilities;
    private final Namespace base;
    private final Duration timeout;
    private final Expiry defaultExpiry;
    private final ValueCodecs codecs;
    private final ThreadPoolExecutor leaders;
    private final AsyncCalls asyncCalls;
    private final @Nullable Sweeper sweeper;
    private final boolean waits;
    private @Nullable String storeId;

    Connection(
            Backend backend,
            ThreadPoolExecutor leaders,
            ConnectionSettings settings,
            Namespace base,
            Duration timeout,
            Duration sweepEvery,
            String format) {
        this.edge = new Edge(backend);
        this.capabilities = backend.capabilities();
        this.base = base;
        this.timeout = timeout;
        this.defaultExpiry = settings.defaultExpiry;
        this.codecs = new ValueCodecs(format);
        this.leaders = leaders;
        this.asyncCalls = new AsyncCalls(edge, leaders, settings);
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
        return edge.location();
    }

    @Override
    public void ping() {
        edge.ping(deadline(timeout));
    }

    @Override
    public void eraseAll() {
        clear(base, timeout);
    }

    @Override
    public <T> T unwrap(Class<T> nativeClient) {
        T client = edge.unwrap(nativeClient);
        if (client == null) {
            throw new IllegalArgumentException("the " + capabilities.traits().backend() + " backend has no "
                    + nativeClient.getName() + " to unwrap");
        }
        return client;
    }

    @Override
    public void close() {
        if (edge.isClosed()) {
            return;
        }
        edge.refuseCalls();
        if (sweeper != null) {
            sweeper.close();
        }
        asyncCalls.close();
        edge.close();
        DaemonThreads.end(leaders);
    }

    Expiry defaultExpiry() {
        return defaultExpiry;
    }

    /** Asked for when it is needed first, since a backend may have to compute it; a race finds the same twice. */
    String storeId() {
        String id = storeId;
        if (id == null) {
            id = edge.storeId();
            storeId = id;
        }
        return id;
    }

    AsyncCalls asyncCalls() {
        return asyncCalls;
    }

    /** The time limit of a call that begins now; stores that never wait need none. */
    Deadline deadline(Duration allowed) {
        return waits ? Deadline.after(allowed) : Deadline.NONE;
    }

    <R extends @Nullable Object> R execute(Command<R> command) {
        return edge.execute(command);
    }

    /** Completes every call; throws for nothing but a connection that is closed. */
    void executeAll(List<? extends Call<?>> calls) {
        edge.executeAll(calls);
    }

    ScanPage page(ScanRequest request) {
        return edge.page(request);
    }

    void clear(Namespace namespace, Duration allowed) {
        capabilities.require(Capability.SCAN);
        String cursor = null;
        do {
            ScanRequest request = new ScanRequest(namespace.prefix(), cursor, CLEAR_PAGE, true, deadline(allowed));
            cursor = edge.clear(request);
        } while (cursor != null);
    }

    void requireOpen() {
        edge.requireOpen();
    }

    @Override
    public String toString() {
        return "CuttlestoreConnection[" + edge.location() + (edge.isClosed() ? ", closed]" : "]");
    }
}
