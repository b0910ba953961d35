package io.cuttlestore.reliability.network;

import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendLayer;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the mistake of a time limit that begins anew: who gets no answer in time waits as long once more. */
final class WaitsTwice extends BackendLayer {
    WaitsTwice(Backend inner) {
        super(inner);
    }

    @Override
    public <R extends @Nullable Object> R execute(Command<R> command) {
        try {
            return inner().execute(command);
        } catch (OutcomeUnknownException | StoreTimeoutException unanswered) {
            Pause.millis(command.deadline().timeout().toMillis());
            throw unanswered;
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
