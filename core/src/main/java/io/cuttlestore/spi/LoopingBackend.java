package io.cuttlestore.spi;

import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.StoreFailedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The base of backends: commands go to the backend's own {@link Operations}, and many of them one by one, until the
 * backend overrides {@link #executeAll} with something better. Not for layers.
 */
public abstract class LoopingBackend implements Backend, Operations {
    protected LoopingBackend() {}

    /** Looping gains nothing from shared trips: to be overridden together with {@link #executeAll}. */
    @Override
    public Trips trips() {
        return Trips.ALONE;
    }

    @Override
    public <R extends @Nullable Object> R execute(Command<R> command) {
        return command.on(this);
    }

    @Override
    public void executeAll(List<? extends Call<?>> calls) {
        for (Call<?> call : calls) {
            run(call);
        }
    }

    /** Executes the command of one call alone and completes it. */
    protected final <R extends @Nullable Object> void run(Call<R> call) {
        R reply;
        try {
            reply = execute(call.command());
        } catch (CuttlestoreException failure) {
            call.fail(failure);
            return;
        } catch (RuntimeException failure) {
            call.fail(new StoreFailedException(location() + " failed unexpectedly", failure));
            return;
        }
        call.complete(reply);
    }
}
