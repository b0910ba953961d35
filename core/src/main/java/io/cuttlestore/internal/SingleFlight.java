package io.cuttlestore.internal;

import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Payload;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one caller per key in this process load a value while the others wait for it, and refuses loads that wait for
 * each other in a circle.
 */
final class SingleFlight {
    private static final Map<Place, Flight> FLIGHTS = new ConcurrentHashMap<>();
    private static final Map<Thread, Flight> WAITING = new ConcurrentHashMap<>();

    private SingleFlight() {}

    /** A key in a store, the same for all connections of this process to that store. */
    record Place(String location, String storedKey) {}

    /**
     * What a load ended with.
     *
     * @param payload the value that the store has now
     * @param issuedAt the {@link System#nanoTime()} just before the trip that found or wrote it
     */
    record Landing(Payload payload, long issuedAt) {}

    /**
     * Loads, or waits for the load that is under way.
     *
     * @return the outcome, or {@code null} if the load that was waited for may have ended before this call began: look
     *     again
     */
    static @Nullable Payload fly(Place place, Deadline patience, Supplier<Landing> load) {
        long calledAt = System.nanoTime();
        Flight own = new Flight(Thread.currentThread());
        Flight running = FLIGHTS.putIfAbsent(place, own);
        if (running == null) {
            return own.load(place, load).payload();
        }
        Landing landing = running.await(place, patience);
        return landing.issuedAt() - calledAt >= 0 ? landing.payload() : null;
    }

    /** Throws what a loader threw as it is, checked or not. */
    @SuppressWarnings("unchecked")
    private static <E extends Throwable> Error rethrow(@Nullable Throwable thrown) throws E {
        throw (E) Objects.requireNonNull(thrown);
    }

    private static final class Flight {
        private final Thread owner;
        private final CompletableFuture<Landing> landing = new CompletableFuture<>();

        Flight(Thread owner) {
            this.owner = owner;
        }

        Landing load(Place place, Supplier<Landing> load) {
            try {
                Landing landed = load.get();
                landing.complete(landed);
                return landed;
            } catch (Throwable e) { // checked ones too: functions in other JVM languages throw them
                landing.completeExceptionally(e);
                throw e;
            } finally {
                FLIGHTS.remove(place, this);
            }
        }

        Landing await(Place place, Deadline patience) {
            beginToWait(place);
            try {
                return landing.get(Math.max(0, patience.remainingNanos()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                throw new StoreTimeoutException(
                        "another caller's loader for key '" + place.storedKey() + "' took longer than "
                                + patience.timeout(),
                        e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new StoreInterruptedException(
                        "interrupted while waiting for another caller's loader for key '" + place.storedKey() + "'", e);
            } catch (ExecutionException e) {
                throw SingleFlight.<RuntimeException>rethrow(e.getCause());
            } finally {
                WAITING.remove(Thread.currentThread());
            }
        }

        private void beginToWait(Place place) {
            synchronized (WAITING) {
                for (Flight next = this; next != null && !next.landing.isDone(); next = WAITING.get(next.owner)) {
                    if (next.owner == Thread.currentThread()) {
                        throw new IllegalStateException("the loader for key '" + place.storedKey()
                                + "' waits for itself, directly or through another loader");
                    }
                }
                WAITING.put(Thread.currentThread(), this);
            }
        }
    }
}
