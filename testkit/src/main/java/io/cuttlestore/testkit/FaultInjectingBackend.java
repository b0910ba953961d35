package io.cuttlestore.testkit;

import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendLayer;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer that makes commands fail, hang or lose their replies as a {@link FaultPlan} says. Commands without a fault
 * reach the inner backend as they came, those of a batch as a batch. Thread-safe.
 */
public final class FaultInjectingBackend extends BackendLayer {
    private final FaultPlan plan;

    public FaultInjectingBackend(Backend inner, FaultPlan plan) {
        super(inner);
        this.plan = plan;
    }

    @Override
    public <R extends @Nullable Object> R execute(Command<R> command) {
        FaultPlan.Fault fault = plan.next();
        return fault == null ? inner().execute(command) : fault.on(command, inner());
    }

    @Override
    public void executeAll(List<? extends Call<?>> calls) {
        List<Call<?>> sound = new ArrayList<>();
        for (Call<?> call : calls) {
            FaultPlan.Fault fault = plan.next();
            if (fault == null) {
                sound.add(call);
            } else {
                complete(call, fault);
            }
        }
        if (!sound.isEmpty()) {
            inner().executeAll(sound);
        }
    }

    private <R extends @Nullable Object> void complete(Call<R> call, FaultPlan.Fault fault) {
        R reply;
        try {
            reply = fault.on(call.command(), inner());
        } catch (CuttlestoreException failure) {
            call.fail(failure);
            return;
        }
        call.complete(reply);
    }

    @Override
    public ScanPage page(ScanRequest request) {
        return inner().page(request);
    }
}
