package io.cuttlestore.reliability.histories;

import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendLayer;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Layer;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Trips;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Makes callers share trips or not, and counts those who do. Thread-safe. */
final class Sharing implements Layer {
    private static final long CROWDED_TRIP_NANOS = 20_000;

    private final Custom custom;
    private final AtomicLong shared = new AtomicLong();

    Sharing(Custom custom) {
        this.custom = custom;
    }

    /** Who shares trips. */
    enum Custom {
        /** Whom the backend wants to. */
        AS_THE_BACKEND_LIKES,
        /** All that meet, on the only way there is, which is slow enough for meeting. */
        CROWDED,
        /** Nobody. */
        ALONE
    }

    /** How many calls have shared a trip with another caller's. */
    long shared() {
        return shared.get();
    }

    @Override
    public Backend wrap(Backend inner) {
        return new Road(inner);
    }

    private final class Road extends BackendLayer {
        Road(Backend inner) {
            super(inner);
        }

        @Override
        public Trips trips() {
            return switch (custom) {
                case AS_THE_BACKEND_LIKES -> super.trips();
                case CROWDED -> Trips.shared(1, 1);
                case ALONE -> Trips.ALONE;
            };
        }

        @Override
        public <R extends @Nullable Object> R execute(Command<R> command) {
            travel();
            return inner().execute(command);
        }

        @Override
        public void executeAll(List<? extends Call<?>> calls) {
            if (calls.get(0).getClass().getName().contains(".internal.batch.")) { // else one caller's bulk call
                shared.addAndGet(calls.size());
            }
            travel();
            inner().executeAll(calls);
        }

        private void travel() {
            if (custom == Custom.CROWDED) {
                LockSupport.parkNanos(CROWDED_TRIP_NANOS);
            }
        }

        @Override
        public ScanPage page(ScanRequest request) {
            return inner().page(request);
        }
    }
}
