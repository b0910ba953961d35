package io.cuttlestore.sqlite;

import io.cuttlestore.Capabilities;
import io.cuttlestore.Capability;
import io.cuttlestore.ClockSource;
import io.cuttlestore.Durability;
import io.cuttlestore.Limits;
import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.StoreTimeoutException;
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

/** Entries as rows of a database file. */
final class SqliteBackend extends LoopingBackend {
    static final String NAME = "sqlite";

    /** A row may have 10^9 bytes wherever SQLite was built with its defaults: key, numbers and header leave this. */
    private static final long MAX_VALUE_BYTES = 1_000_000_000 - 4_096;

    private static final int SWEEP_AT_ONCE = 500;

    private final Engines.Lease lease;
    private final Engine engine;
    private final InstantSource clock;
    private final Capabilities capabilities;
    private final AtomicBoolean closed = new AtomicBoolean();

    SqliteBackend(Engines.Lease lease, Durability durability, InstantSource clock) {
        this.lease = lease;
        this.engine = lease.engine();
        this.clock = clock;
        this.capabilities = capabilities(engine.version(), durability);
    }

    private static Capabilities capabilities(String version, Durability durability) {
        Traits traits = new Traits(NAME, "SQLite " + version, durability, ClockSource.CLIENT, TripCost.DEAR, false);
        return Capabilities.builder(traits, Limits.ofValues(MAX_VALUE_BYTES))
                .natively(
                        Capability.CONDITIONAL,
                        Capability.CHEAP_TOUCH,
                        Capability.SCAN,
                        Capability.EXACT_SCAN,
                        Capability.ORDERED_SCAN,
                        Capability.PREFIX_SEEK,
                        Capability.ATOMIC_BATCH,
                        Capability.SHARED,
                        Capability.NO_EVICTION,
                        Capability.PLAIN_VALUES)
                .emulated(Capability.TTL)
                .build();
    }

    @Override
    @SuppressWarnings("NullAway") // the reply may be null, which NullAway does not see through the type argument
    public @Nullable Stored get(Get get) {
        return engine().read(get.deadline(), session -> Queries.get(session, get, clock.millis()));
    }

    @Override
    public boolean put(Put put) {
        return change(put);
    }

    @Override
    public DeleteResult delete(Delete delete) {
        if (delete.wantsOld()) {
            return engine().transaction(delete.deadline(), session -> Queries.take(session, delete, clock.millis()));
        }
        return change(delete) ? DeleteResult.DELETED : DeleteResult.NONE;
    }

    @Override
    public boolean touch(Touch touch) {
        return change(touch);
    }

    private boolean change(Command<?> write) {
        return engine().write(
                        write.deadline(),
                        session -> Change.of(write, clock.millis()).on(session));
    }

    /** Reads by few queries; writes, and what is read among them, in one transaction. */
    @Override
    public void executeAll(List<? extends Call<?>> calls) {
        if (calls.size() <= 1) {
            calls.forEach(this::run);
            return;
        }
        Batch batch = new Batch(calls);
        try {
            batch.complete(carryOut(batch));
        } catch (StoreTimeoutException e) {
            calls.forEach(call -> call.fail(new StoreTimeoutException(String.valueOf(e.getMessage()), e.getCause())));
        } catch (OutcomeUnknownException e) {
            calls.forEach(call -> failOrReadAgain(call, e));
        } catch (RuntimeException rolledBack) {
            calls.forEach(this::run);
        }
    }

    private List<@Nullable Object> carryOut(Batch batch) {
        Deadline deadline = batch.deadline();
        return batch.hasWrites()
                ? engine().transaction(deadline, session -> batch.write(session, clock.millis()))
                : engine().read(deadline, session -> batch.read(session, clock.millis()));
    }

    private void failOrReadAgain(Call<?> call, OutcomeUnknownException e) {
        if (call.command().isWrite()) {
            call.fail(new OutcomeUnknownException(String.valueOf(e.getMessage()), e.getCause()));
        } else {
            run(call);
        }
    }

    @Override
    public ScanPage page(ScanRequest request) {
        return engine().read(request.deadline(), session -> Queries.page(session, request, clock.millis()));
    }

    @Override
    @SuppressWarnings("NullAway") // the reply may be null, which NullAway does not see through the type argument
    public @Nullable String clear(ScanRequest request) {
        return engine().transaction(request.deadline(), session -> Removals.clear(session, request));
    }

    @Override
    public int deleteExpired(int max, Deadline deadline) {
        int deleted = 0;
        int found;
        do {
            int atOnce = Math.min(max - deleted, SWEEP_AT_ONCE);
            found = engine().write(deadline, session -> Removals.deleteExpired(session, atOnce, clock.millis()));
            deleted += found;
        } while (found == SWEEP_AT_ONCE && deleted < max);
        engine().shrinkLog(deadline);
        return deleted;
    }

    /** One trip at a time writes anyway; reads are cheap enough for a pool. */
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
        engine().read(deadline, Schema::storeId);
    }

    /** A {@link javax.sql.DataSource} of connections that the application opens and closes itself. */
    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        Object source = engine().dataSource();
        return type.isInstance(source) ? type.cast(source) : null;
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
