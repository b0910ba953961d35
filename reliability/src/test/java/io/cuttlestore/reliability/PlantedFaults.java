package io.cuttlestore.reliability;

import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendLayer;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Mistakes that a store could make with single commands, planted to see that a trial notices them. */
public final class PlantedFaults {
    private PlantedFaults() {}

    private abstract static class Mistaken extends BackendLayer {
        Mistaken(Backend inner) {
            super(inner);
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

    /** Looks whether a key is there, and then writes in any case. */
    public static final class GetThenPut extends Mistaken {
        public GetThenPut(Backend inner) {
            super(inner);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <R extends @Nullable Object> R execute(Command<R> command) {
            if (!(command instanceof Put put) || put.condition() != Condition.IF_ABSENT) {
                return inner().execute(command);
            }
            if (inner().execute(new Get(put.key(), Get.Want.EXISTENCE, put.deadline())) != null) {
                return (R) Boolean.FALSE;
            }
            Thread.yield();
            return (R)
                    inner().execute(new Put(put.key(), put.payload(), put.expiry(), Condition.ALWAYS, put.deadline()));
        }
    }

    /** Acknowledges a write now and then without making it. */
    public static final class LostPuts extends Mistaken {
        private static final int ONE_IN = 20;

        private final AtomicInteger puts = new AtomicInteger();

        public LostPuts(Backend inner) {
            super(inner);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <R extends @Nullable Object> R execute(Command<R> command) {
            if (command instanceof Put put
                    && put.condition() == Condition.ALWAYS
                    && puts.incrementAndGet() % ONE_IN == 0) {
                return (R) Boolean.TRUE;
            }
            return inner().execute(command);
        }
    }
}
