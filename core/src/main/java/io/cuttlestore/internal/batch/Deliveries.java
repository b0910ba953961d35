package io.cuttlestore.internal.batch;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Completes futures on the application's executor, a parcel of them a task. A stage that blocks holds up the rest of its
 * parcel until the next {@link #hurry}. Thread-safe.
 */
final class Deliveries {
    private static final int PARCEL = 16;

    private final Executor completions;
    private final Set<Parcel> underWay = ConcurrentHashMap.newKeySet();

    Deliveries(Executor completions) {
        this.completions = completions;
    }

    /** Completes the futures of these callers soon. */
    void deliver(List<AsyncCaller<?, ?>> done) {
        for (int i = 0; i < done.size(); i += PARCEL) {
            Parcel parcel = new Parcel(done.subList(i, Math.min(i + PARCEL, done.size())));
            underWay.add(parcel);
            completions.execute(parcel);
        }
    }

    /** Gives each future of a parcel that was begun before the last call, and is not done with, a task of its own. */
    void hurry() {
        for (Parcel parcel : underWay) {
            parcel.hurry();
        }
    }

    boolean isIdle() {
        return underWay.isEmpty();
    }

    private final class Parcel implements Runnable {
        private final List<AsyncCaller<?, ?>> callers;
        private final AtomicInteger next = new AtomicInteger();
        private int nextAtLastHurry = -1;

        Parcel(List<AsyncCaller<?, ?>> callers) {
            this.callers = callers;
        }

        @Override
        public void run() {
            while (deliverNext()) {}
        }

        private boolean deliverNext() {
            int taken = next.getAndIncrement();
            if (taken >= callers.size() - 1) {
                underWay.remove(this);
            }
            if (taken >= callers.size()) {
                return false;
            }
            callers.get(taken).deliver();
            return true;
        }

        private void hurry() {
            int reached = next.get();
            if (reached > 0 && reached == nextAtLastHurry) {
                underWay.remove(this);
                for (int i = reached; i < callers.size(); i++) {
                    completions.execute(this::deliverNext);
                }
            }
            nextAtLastHurry = reached;
        }
    }
}
