package io.cuttlestore.testkit;

import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendLayer;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A layer that changes nothing: the base of those that watch or spoil one thing. */
class PassThroughLayer extends BackendLayer {
    PassThroughLayer(Backend inner) {
        super(inner);
    }

    @Override
    public <R extends @Nullable Object> R execute(Command<R> command) {
        return inner().execute(command);
    }

    @Override
    public void executeAll(List<? extends Call<?>> calls) {
        inner().executeAll(calls);
    }

    @Override
    public ScanPage page(ScanRequest request) {
        return inner().page(request);
    }
}
