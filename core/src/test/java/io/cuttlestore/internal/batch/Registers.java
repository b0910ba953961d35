package io.cuttlestore.internal.batch;

import io.cuttlestore.Capabilities;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Condition;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A store of values of one byte in memory. A trip with many commands sees what was there when it began, as a statement over many rows
 * does, so that it comes out wrong if a key is in it twice and written. A put of {@link #POISON} fails.
 */
final class Registers extends LoopingBackend {
    static final int POISON = 3;

    /** How many commands have come to all such stores, and by how many trips. */
    static final AtomicInteger COMMANDS = new AtomicInteger();

    static final AtomicInteger TRIPS = new AtomicInteger();

    private final Trips trips;
    private Map<String, Stored> entries = new HashMap<>();

    Registers(Trips trips) {
        this.trips = trips;
    }

    @Override
    public synchronized <R extends @Nullable Object> R execute(Command<R> command) {
        travel(1);
        return command.on(this);
    }

    @Override
    public void executeAll(List<? extends Call<?>> calls) {
        List<Runnable> completions = new ArrayList<>();
        synchronized (this) {
            travel(calls.size());
            Map<String, Stored> before = entries;
            Map<String, Stored> after = new HashMap<>(before);
            for (Call<?> call : calls) {
                entries = new HashMap<>(before);
                completions.add(completion(call));
                Stored written = entries.get(call.command().key().stored());
                if (call.command().isWrite() && written == null) {
                    after.remove(call.command().key().stored());
                } else if (call.command().isWrite()) {
                    after.put(call.command().key().stored(), written);
                }
            }
            entries = after;
        }
        completions.forEach(Runnable::run);
    }

    /** Takes long enough for others to meet. */
    private static void travel(int commands) {
        COMMANDS.addAndGet(commands);
        TRIPS.incrementAndGet();
        LockSupport.parkNanos(10_000);
    }

    private <R extends @Nullable Object> Runnable completion(Call<R> call) {
        try {
            R reply = call.command().on(this);
            return () -> call.complete(reply);
        } catch (CuttlestoreException e) {
            return () -> call.fail(e);
        }
    }

    @Override
    public @Nullable Stored get(Get get) {
        return entries.get(get.key().stored());
    }

    @Override
    public boolean put(Put put) {
        String key = put.key().stored();
        if (put.payload().bytes()[0] == POISON) {
            throw new StoreFailedException("poisoned", null);
        }
        if (put.condition() == Condition.IF_ABSENT && entries.containsKey(key)) {
            return false;
        }
        entries.put(key, Stored.ofPayload(put.payload()));
        return true;
    }

    @Override
    public DeleteResult delete(Delete delete) {
        Stored old = entries.remove(delete.key().stored());
        return old == null ? DeleteResult.NONE : new DeleteResult(true, old);
    }

    @Override
    public boolean touch(Touch touch) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScanPage page(ScanRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable String clear(ScanRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int deleteExpired(int max, Deadline deadline) {
        return 0;
    }

    @Override
    public Trips trips() {
        return trips;
    }

    @Override
    public Capabilities capabilities() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String storeId() {
        return "registers";
    }

    @Override
    public String location() {
        return "registers";
    }

    @Override
    public void ping(Deadline deadline) {}

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        return null;
    }

    @Override
    public void close() {}
}
