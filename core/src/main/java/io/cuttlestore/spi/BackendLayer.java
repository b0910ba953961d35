package io.cuttlestore.spi;

import io.cuttlestore.Capabilities;
import org.jspecify.annotations.Nullable;

/**
 * The base of layers. What moves entries ({@link #execute}, {@link #executeAll}, {@link #page}) is left abstract on
 * purpose: a layer that changes entries must do so in all three.
 */
public abstract class BackendLayer implements Backend {
    private final Backend inner;

    protected BackendLayer(Backend inner) {
        this.inner = inner;
    }

    /** The wrapped backend. */
    protected final Backend inner() {
        return inner;
    }

    @Override
    public @Nullable String clear(ScanRequest request) {
        return inner.clear(request);
    }

    @Override
    public int deleteExpired(int max, Deadline deadline) {
        return inner.deleteExpired(max, deadline);
    }

    @Override
    public Trips trips() {
        return inner.trips();
    }

    @Override
    public Capabilities capabilities() {
        return inner.capabilities();
    }

    @Override
    public String storeId() {
        return inner.storeId();
    }

    @Override
    public String location() {
        return inner.location();
    }

    @Override
    public void ping(Deadline deadline) {
        inner.ping(deadline);
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        return inner.unwrap(type);
    }

    @Override
    public void close() {
        inner.close();
    }
}
