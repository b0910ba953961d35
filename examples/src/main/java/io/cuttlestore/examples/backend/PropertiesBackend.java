package io.cuttlestore.examples.backend;

import io.cuttlestore.Capabilities;
import io.cuttlestore.Capability;
import io.cuttlestore.ClockSource;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.Durability;
import io.cuttlestore.Limits;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.Traits;
import io.cuttlestore.TripCost;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Trips;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Entries as the properties of one file, which each trip that writes replaces: for a handful of small entries that people
 * want to look at.
 *
 * <p>Readers see entries that nobody changes any more. A writer, one at a time, changes a copy, writes the file, and only
 * then puts the copy in their place.
 */
final class PropertiesBackend implements Backend {
    private static final int MAX_VALUE_BYTES = 1 << 20;

    private final PropertiesFile file;
    private volatile PropertiesEntries entries;
    private volatile boolean closed;

    private PropertiesBackend(PropertiesFile file, PropertiesEntries entries) {
        this.file = file;
        this.entries = entries;
    }

    static PropertiesBackend open(Path path, InstantSource clock) {
        PropertiesFile file = PropertiesFile.open(path);
        try {
            return new PropertiesBackend(file, new PropertiesEntries(file.read(), clock));
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Each write writes the whole file, which those that write together do once. */
    @Override
    public Trips trips() {
        return Trips.sharedWrites(1, 1);
    }

    // @start region="capabilities"
    @Override
    public Capabilities capabilities() {
        Traits traits = new Traits(
                "properties", "java.util.Properties", Durability.PROCESS, ClockSource.CLIENT, TripCost.CHEAP, false);
        return Capabilities.builder(traits, Limits.ofValues(MAX_VALUE_BYTES))
                .natively(Capability.SCAN, Capability.EXACT_SCAN, Capability.ATOMIC_BATCH, Capability.NO_EVICTION)
                .emulated(Capability.CONDITIONAL, Capability.TTL)
                .build();
    }
    // @end

    // @start region="execute"
    @Override
    public <R extends @Nullable Object> R execute(Command<R> command) {
        return command.isWrite() ? change(command::on) : command.on(current());
    }

    @Override
    public void executeAll(List<? extends Call<?>> calls) {
        try {
            List<Runnable> replies = change(
                    draft -> calls.stream().map(call -> reply(call, draft)).toList());
            replies.forEach(Runnable::run);
        } catch (CuttlestoreException e) {
            calls.forEach(call -> call.fail(e));
        }
    }

    private static <R extends @Nullable Object> Runnable reply(Call<R> call, PropertiesEntries draft) {
        try {
            R reply = call.command().on(draft);
            return () -> call.complete(reply);
        } catch (CuttlestoreException e) {
            return () -> call.fail(e);
        } catch (RuntimeException e) {
            return () -> call.fail(new StoreFailedException("a command failed unexpectedly", e));
        }
    }

    private synchronized <R extends @Nullable Object> R change(Function<PropertiesEntries, R> change) {
        PropertiesEntries draft = current().copy();
        R result = change.apply(draft);
        if (!draft.properties().equals(entries.properties())) {
            file.write(draft.properties());
            entries = draft;
        }
        return result;
    }
    // @end

    private PropertiesEntries current() {
        if (closed) {
            throw new IllegalStateException(location() + " is closed");
        }
        return entries;
    }

    @Override
    public ScanPage page(ScanRequest request) {
        return current().page(request);
    }

    @Override
    public @Nullable String clear(ScanRequest request) {
        return change(draft -> draft.clear(request)).next();
    }

    @Override
    public int deleteExpired(int max, Deadline deadline) {
        return change(draft -> draft.deleteExpired(max));
    }

    @Override
    public String storeId() {
        return UUID.nameUUIDFromBytes(location().getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    @Override
    public String location() {
        return "properties://" + file;
    }

    @Override
    public void ping(Deadline deadline) {
        current();
    }

    @Override
    public <T> @Nullable T unwrap(Class<T> type) {
        return null;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            file.close();
        }
    }
}
