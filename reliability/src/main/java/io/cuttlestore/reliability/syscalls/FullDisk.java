package io.cuttlestore.reliability.syscalls;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.StoreFullException;
import io.cuttlestore.reliability.Folders;
import io.cuttlestore.reliability.Mount;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Tally;
import io.cuttlestore.reliability.Trial;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Deadline;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Uses stores on a small disk: while there is room, while there is none, and when there is again. */
final class FullDisk implements Trial.Session {
    private static final int MEGABYTES = 16;
    private static final int MOST_FREE = 300_000;
    private static final List<String> STORES = List.of(
            "filesystem://*/store",
            "filesystem://*/store?durability=power",
            "sqlite://*/store.db",
            "sqlite://*/store.db?durability=power");

    private final Mount disk;
    private final Tally tally;

    private FullDisk(Mount disk, Tally tally) {
        this.disk = disk;
        this.tally = tally;
    }

    static FullDisk on(Site site) throws Exception {
        Path disk = Files.createDirectory(site.folder().toRealPath().resolve("disk"));
        return new FullDisk(Mount.inMemory(disk, MEGABYTES), site.tally());
    }

    @Override
    public void attempt(long seed) throws Exception {
        for (String store : STORES) {
            Path folder = Files.createDirectory(disk.point().resolve("store"));
            try {
                attempt(store.replace("*", folder.toString()), seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(store + ": " + e.getMessage(), e);
            } finally {
                Folders.delete(folder);
            }
        }
    }

    private void attempt(String store, long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Ledger ledger = new Ledger();
        AtomicReference<@Nullable Backend> backend = new AtomicReference<>();
        try (CuttlestoreConnection connection = Cuttlestore.builder(store)
                .layer(inner -> {
                    backend.set(inner);
                    return inner;
                })
                .connect()) {
            Cuttlestore<String> entries = connection.store(String.class);
            List<Step> steps = Script.steps(seed, () -> sweep(backend.get()));
            carryOut(steps, ledger, entries);
            Path ballast = fill(random.nextInt(MOST_FREE));
            try {
                carryOutThoughFull(steps, ledger, entries);
                ledger.require(entries);
            } finally {
                Files.delete(ballast);
            }
            ledger.require(entries);
            carryOut(steps, ledger, entries);
        }
        try (CuttlestoreConnection connection = CuttlestoreConnection.open(store)) {
            ledger.require(connection.store(String.class));
        }
    }

    private static int sweep(@Nullable Backend backend) {
        return backend == null ? 0 : backend.deleteExpired(100, Deadline.after(Duration.ofSeconds(5)));
    }

    private static void carryOut(List<Step> steps, Ledger ledger, Cuttlestore<String> entries) throws Exception {
        for (Step step : steps) {
            ledger.carryOut(step, entries);
        }
    }

    private void carryOutThoughFull(List<Step> steps, Ledger ledger, Cuttlestore<String> entries) throws Exception {
        for (Step step : steps) {
            try {
                ledger.carryOut(step, entries);
                tally.count("calls that succeeded on a full disk");
            } catch (StoreFullException e) {
                tally.count("StoreFullException");
            } catch (CuttlestoreException e) {
                if (!(e.getCause() instanceof StoreFullException)) {
                    throw e;
                }
                tally.count(e.getClass().getSimpleName() + " because of StoreFullException");
            }
        }
    }

    /** Fills the disk but for so many bytes; the file that does it. */
    private Path fill(int free) throws IOException {
        Path ballast = disk.point().resolve("ballast");
        long bytes = Files.getFileStore(disk.point()).getUsableSpace() - free;
        byte[] block = new byte[4_096];
        try (OutputStream out = Files.newOutputStream(ballast)) {
            for (long written = 0; written < bytes; written += block.length) {
                out.write(block);
            }
        }
        return ballast;
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }
}
