package io.cuttlestore.internal.memory;

import io.cuttlestore.Capabilities;
import io.cuttlestore.Capability;
import io.cuttlestore.ClockSource;
import io.cuttlestore.Durability;
import io.cuttlestore.Limits;
import io.cuttlestore.Traits;
import io.cuttlestore.TripCost;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.DeleteResult;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Key;
import io.cuttlestore.spi.LoopingBackend;
import io.cuttlestore.spi.Namespace;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.ScanEntry;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Stored;
import io.cuttlestore.spi.Touch;
import org.jspecify.annotations.Nullable;

/** Entries on the heap of this process. */
final class InMemoryBackend extends LoopingBackend {
    private static final long LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final String location;
    private final Segments segments;
    private final Capabilities capabilities;
    private final Runnable onClose;
    private volatile boolean closed;

    InMemoryBackend(String location, Segments segments, boolean keepsObjects, Runnable onClose) {
        this.location = location;
        this.segments = segments;
        this.capabilities = capabilities(segments.isBounded(), keepsObjects);
        this.onClose = onClose;
    }

    private static Capabilities capabilities(boolean evicts, boolean keepsObjects) {
        Traits traits = new Traits(
                "in-memory",
                "Java " + Runtime.version().feature() + " heap",
                Durability.NONE,
                ClockSource.MONOTONIC,
                TripCost.NONE,
                keepsObjects);
        Capabilities.Builder builder = Capabilities.builder(traits, Limits.ofValues(LONGEST_ARRAY))
                .natively(Capability.CONDITIONAL, Capability.CHEAP_TOUCH, Capability.SCAN, Capability.EXACT_SCAN)
                .emulated(Capability.TTL);
        return (evicts ? builder : builder.natively(Capability.NO_EVICTION)).build();
    }

    @Override
    public @Nullable Stored get(Get get) {
        requireOpen();
        return segments.of(get.key()).get(get.key());
    }

    @Override
    public boolean put(Put put) {
        requireOpen();
        return segments.of(put.key()).put(put);
    }

    @Override
    public DeleteResult delete(Delete delete) {
        requireOpen();
        return segments.of(delete.key()).delete(delete);
    }

    @Override
    public boolean touch(Touch touch) {
        requireOpen();
        return segments.of(touch.key()).touch(touch);
    }

    @Override
    public ScanPage page(ScanRequest request) {
        requireOpen();
        return segments.page(request);
    }

    @Override
    public @Nullable String clear(ScanRequest request) {
        ScanPage page = page(request);
        for (ScanEntry entry : page.entries()) {
            Key key = Namespace.ROOT.key(entry.key());
            segments.of(key).remove(key);
        }
        return page.next();
    }

    @Override
    public int deleteExpired(int max, Deadline deadline) {
        requireOpen();
        return segments.deleteExpired(max);
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public String storeId() {
        return segments.storeId();
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public void ping(Deadline deadline) {
        requireOpen();
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        return null;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            onClose.run();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException(location + " is closed");
        }
    }
}
