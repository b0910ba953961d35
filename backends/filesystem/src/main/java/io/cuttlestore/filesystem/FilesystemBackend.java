package io.cuttlestore.filesystem;

import io.cuttlestore.Capabilities;
import io.cuttlestore.Capability;
import io.cuttlestore.ClockSource;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.Durability;
import io.cuttlestore.Limits;
import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.Traits;
import io.cuttlestore.TripCost;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Trips;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Entries as files in one folder. Thread-safe, and safe beside other processes. */
final class FilesystemBackend implements Backend {
    private final OpenFolder open;
    private final Capabilities capabilities;
    private final ReentrantLock sweeping = new ReentrantLock();

    FilesystemBackend(OpenFolder open) {
        this.open = open;
        this.capabilities = capabilities(open.folder().type(), open.survivesPowerCut());
    }

    private static Capabilities capabilities(String type, boolean power) {
        Traits traits = new Traits(
                FilesystemProvider.NAME,
                type + " on " + System.getProperty("os.name"),
                power ? Durability.POWER : Durability.PROCESS,
                ClockSource.CLIENT,
                power ? TripCost.DEAR : TripCost.CHEAP,
                false);
        return Capabilities.builder(traits, Limits.ofValues(EntryFile.LARGEST_VALUE))
                .natively(Capability.EXACT_SCAN, Capability.SHARED, Capability.NO_EVICTION)
                .emulated(Capability.CONDITIONAL, Capability.TTL, Capability.SCAN)
                .build();
    }

    @Override
    public <R extends @Nullable Object> R execute(Command<R> command) {
        open.enter();
        try {
            Trip trip = new Trip(open);
            R reply = command.on(trip);
            trip.end();
            return reply;
        } catch (IOException e) {
            throw notSynced(e);
        } finally {
            open.leave();
        }
    }

    @Override
    public void executeAll(List<? extends Call<?>> calls) {
        List<Done<?>> done = Collections.synchronizedList(new ArrayList<>(calls.size()));
        try {
            open.enter();
        } catch (IllegalStateException closed) {
            calls.forEach(call -> call.fail(unexpected(closed)));
            return;
        }
        try {
            Trip trip = new Trip(open);
            if (open.survivesPowerCut()
                    && calls.stream().anyMatch(call -> call.command().isWrite())) {
                open.diskThreads().forEach(byShard(calls), shard -> runAll(shard, trip, done));
            } else {
                runAll(calls, trip, done);
            }
            trip.end();
            done.forEach(Done::complete);
        } catch (IOException e) {
            done.forEach(call -> call.failIfWrite(notSynced(e)));
        } finally {
            open.leave();
        }
    }

    private OutcomeUnknownException notSynced(IOException e) {
        return new OutcomeUnknownException(
                "a write in " + location() + " is done, but whether it would survive a power cut is unknown:"
                        + " its folder could not be synced",
                e);
    }

    /** A call whose command was carried out, but is not acknowledged yet. */
    private record Done<R extends @Nullable Object>(Call<R> call, R reply) {
        void complete() {
            call.complete(reply);
        }

        void failIfWrite(OutcomeUnknownException notSynced) {
            if (call.command().isWrite()) {
                call.fail(notSynced);
            } else {
                complete();
            }
        }
    }

    /** The calls on each shard, in order. */
    private Collection<List<Call<?>>> byShard(List<? extends Call<?>> calls) {
        Map<Integer, List<Call<?>>> shards = new LinkedHashMap<>();
        for (Call<?> call : calls) {
            int shard = open.folder().placeOf(call.command().key().stored()).shard();
            shards.computeIfAbsent(shard, none -> new ArrayList<>()).add(call);
        }
        return shards.values();
    }

    private void runAll(List<? extends Call<?>> calls, Trip trip, List<Done<?>> done) {
        for (Call<?> call : calls) {
            run(call, trip, done);
        }
    }

    private <R extends @Nullable Object> void run(Call<R> call, Trip trip, List<Done<?>> done) {
        R reply;
        try {
            reply = call.command().on(trip);
        } catch (CuttlestoreException failure) {
            call.fail(failure);
            return;
        } catch (RuntimeException failure) {
            call.fail(unexpected(failure));
            return;
        }
        done.add(new Done<>(call, reply));
    }

    private StoreFailedException unexpected(RuntimeException failure) {
        return new StoreFailedException(location() + " failed unexpectedly: " + failure.getMessage(), failure);
    }

    @Override
    public ScanPage page(ScanRequest request) {
        return calling("scan entries", () -> new FolderScan(open, request).page());
    }

    @Override
    public @Nullable String clear(ScanRequest request) {
        return calling("clear entries", () -> new FolderScan(open, request).clear())
                .next();
    }

    @Override
    public int deleteExpired(int max, Deadline deadline) {
        return calling("remove expired entries", () -> sweep(max, deadline));
    }

    private int sweep(int max, Deadline deadline) throws IOException {
        awaitOtherSweep(deadline);
        try {
            open.temporaryFiles().clean(deadline);
            Trip trip = new Trip(open);
            return open.expiryLog()
                    .sweep(max, open.now(), deadline, (name, time) -> trip.removeExpired(name, time, deadline));
        } finally {
            sweeping.unlock();
        }
    }

    private void awaitOtherSweep(Deadline deadline) {
        try {
            if (!sweeping.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoreTimeoutException("another sweep of " + location() + " did not end within "
                        + deadline.timeout() + "; nothing was removed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreInterruptedException("interrupted while waiting for another sweep of " + location());
        }
    }

    @Override
    public void ping(Deadline deadline) {
        calling("reach the store", () -> {
            open.ping();
            return true;
        });
    }

    /**
     * What a call does.
     *
     * @param <T> its reply
     */
    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T calling(String tried, Work<T> work) {
        open.enter();
        try {
            return work.run();
        } catch (IOException e) {
            throw Failures.of(tried, open.folder().root(), e);
        } finally {
            open.leave();
        }
    }

    /**
     * What survives a power cut waits for the disk. Callers with threads of their own wait there together; those beyond, and
     * those with virtual threads and futures, share trips.
     */
    @Override
    public Trips trips() {
        return open.survivesPowerCut() ? Trips.sharedWrites(2, 64) : Trips.ALONE;
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public String storeId() {
        return open.id();
    }

    @Override
    public String location() {
        return open.location();
    }

    /** The folder of the store, as a {@link Path}. */
    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        return type == Path.class ? type.cast(open.folder().root()) : null;
    }

    @Override
    public void close() {
        open.close();
    }
}
