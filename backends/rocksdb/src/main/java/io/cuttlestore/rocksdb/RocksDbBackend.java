package io.cuttlestore.rocksdb;

import io.cuttlestore.Capabilities;
import io.cuttlestore.Capability;
import io.cuttlestore.ClockSource;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.Durability;
import io.cuttlestore.Limits;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.Traits;
import io.cuttlestore.TripCost;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.DeleteResult;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.LoopingBackend;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Stored;
import io.cuttlestore.spi.Touch;
import io.cuttlestore.spi.Trips;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Entries as records of a database. Thread-safe. */
final class RocksDbBackend extends LoopingBackend {
    static final String NAME = "rocksdb";

    /** What was tried: a value is in memory several times on its way into a file. */
    private static final long MAX_VALUE_BYTES = 256L << 20;

    private static final int SWEEP_AT_ONCE = 500;

    private final Engines.Lease lease;
    private final Engine engine;
    private final boolean sync;
    private final InstantSource clock;
    private final Capabilities capabilities;
    private final AtomicBoolean closed = new AtomicBoolean();

    RocksDbBackend(Engines.Lease lease, Durability durability, InstantSource clock) {
        this.lease = lease;
        this.engine = lease.engine();
        this.sync = durability == Durability.POWER;
        this.clock = clock;
        this.capabilities = capabilities(durability);
    }

    private static Capabilities capabilities(Durability durability) {
        Traits traits =
                new Traits(NAME, "RocksDB " + Database.version(), durability, ClockSource.CLIENT, TripCost.DEAR, false);
        return Capabilities.builder(traits, Limits.ofValues(MAX_VALUE_BYTES))
                .natively(
                        Capability.SCAN,
                        Capability.EXACT_SCAN,
                        Capability.ORDERED_SCAN,
                        Capability.PREFIX_SEEK,
                        Capability.ATOMIC_BATCH,
                        Capability.NO_EVICTION)
                .emulated(Capability.CONDITIONAL, Capability.TTL)
                .build();
    }

    @Override
    @SuppressWarnings("NullAway") // the reply may be null, which NullAway does not see through the type argument
    public @Nullable Stored get(Get get) {
        return engine().read(database -> Reads.get(database, get, clock.millis()));
    }

    @Override
    public boolean put(Put put) {
        return write(put);
    }

    @Override
    public DeleteResult delete(Delete delete) {
        return write(delete);
    }

    @Override
    public boolean touch(Touch touch) {
        return write(touch);
    }

    private <R extends @Nullable Object> R write(Command<R> command) {
        return write(command.deadline(), command::on);
    }

    private <R extends @Nullable Object> R write(Deadline deadline, Engine.Changes<R> changes) {
        return engine().write(deadline, sync, clock, changes);
    }

    /** Writes, and what is read among them, as one batch of RocksDB. */
    @Override
    public void executeAll(List<? extends Call<?>> calls) {
        if (calls.stream().noneMatch(call -> call.command().isWrite())) {
            calls.forEach(this::run);
            return;
        }
        try {
            List<Runnable> replies = write(calls.get(0).command().deadline(), batch -> replies(calls, batch));
            replies.forEach(Runnable::run);
        } catch (CuttlestoreException e) {
            calls.forEach(call -> failOrReadAgain(call, e));
        } catch (RuntimeException e) {
            calls.forEach(call -> call.fail(new StoreFailedException(location() + " failed unexpectedly", e)));
        }
    }

    private static List<Runnable> replies(List<? extends Call<?>> calls, Batch batch) {
        return calls.stream().map(call -> reply(call, batch)).toList();
    }

    private static <R extends @Nullable Object> Runnable reply(Call<R> call, Batch batch) {
        try {
            R reply = call.command().on(batch);
            return () -> call.complete(reply);
        } catch (CuttlestoreException e) {
            return () -> call.fail(e);
        }
    }

    private void failOrReadAgain(Call<?> call, CuttlestoreException e) {
        if (call.command().isWrite()) {
            call.fail(e);
        } else {
            run(call);
        }
    }

    @Override
    public ScanPage page(ScanRequest request) {
        return engine().read(database -> Reads.page(database, request, clock.millis()));
    }

    @Override
    @SuppressWarnings("NullAway") // the reply may be null, which NullAway does not see through the type argument
    public @Nullable String clear(ScanRequest request) {
        return write(request.deadline(), batch -> batch.clear(request));
    }

    @Override
    public int deleteExpired(int max, Deadline deadline) {
        int deleted = 0;
        int found;
        do {
            int atOnce = Math.min(max - deleted, SWEEP_AT_ONCE);
            found = write(deadline, batch -> batch.deleteExpired(atOnce));
            deleted += found;
        } while (found == SWEEP_AT_ONCE && deleted < max);
        return deleted;
    }

    /** One trip at a time writes anyway; reads need no one else. */
    @Override
    public Trips trips() {
        return Trips.sharedWrites(2, 1);
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public String storeId() {
        return engine.storeId();
    }

    @Override
    public String location() {
        return engine.location();
    }

    @Override
    public void ping(Deadline deadline) {
        engine().read(Database::readStoreId);
    }

    /** The {@link org.rocksdb.RocksDB} that all connections of this process share; it must not be closed. */
    @Override
    @SuppressWarnings("NullAway") // the result may be null, which NullAway does not see through the type argument
    public <T> @Nullable T unwrap(Class<T> type) {
        return engine().read(database -> database.unwrap(type));
    }

    private Engine engine() {
        if (closed.get()) {
            throw new IllegalStateException(location() + " is closed");
        }
        return engine;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            lease.release();
        }
    }
}
