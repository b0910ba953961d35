package io.cuttlestore.reliability.network;

import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendLayer;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the mistake that drivers make: a write whose reply was lost is sent again. */
final class SendsAgain extends BackendLayer {
    SendsAgain(Backend inner) {
        super(inner);
    }

    @Override
    public <R extends @Nullable Object> R execute(Command<R> command) {
        try {
            return inner().execute(command);
        } catch (OutcomeUnknownException lost) {
            return inner().execute(command);
        }
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
