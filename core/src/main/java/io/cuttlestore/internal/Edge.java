package io.cuttlestore.internal;

import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendLayer;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The outermost layer: refuses calls once it is closed, and puts right what backends should not throw. */
final class Edge extends BackendLayer {
    private volatile boolean closed;

    Edge(Backend inner) {
        super(inner);
    }

    @Override
    public <R extends @Nullable Object> R execute(Command<R> command) {
        requireOpen();
        try {
            return inner().execute(command);
        } catch (RuntimeException e) {
            throw translated(e);
        }
    }

    @Override
    public void executeAll(List<? extends Call<?>> calls) {
        guarded(() -> {
            inner().executeAll(calls);
            return null;
        });
    }

    @Override
    public ScanPage page(ScanRequest request) {
        return guarded(() -> inner().page(request));
    }

    @Override
    public @Nullable String clear(ScanRequest request) {
        return guarded(() -> inner().clear(request));
    }

    @Override
    public void ping(Deadline deadline) {
        guarded(() -> {
            inner().ping(deadline);
            return null;
        });
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        return guarded(() -> inner().unwrap(type));
    }

    /** Refuses calls from now on; the backend is still open for those under way. */
    void refuseCalls() {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    void requireOpen() {
        if (closed) {
            throw new IllegalStateException(closedMessage());
        }
    }

    private <T extends @Nullable Object> T guarded(Supplier<T> call) {
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
        return new StoreFailedException(location() + " failed unexpectedly", e);
    }

    private String closedMessage() {
        return "the connection to " + location() + " is closed";
    }
}
