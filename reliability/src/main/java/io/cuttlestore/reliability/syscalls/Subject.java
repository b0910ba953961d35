package io.cuttlestore.reliability.syscalls;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The process whose system calls fail. For each kind of failure, and for the first call of the kind, the second, and so on,
 * it makes a store and carries out the {@link Script}, until no call fails any more because there are not so many. It prints
 * a line for each: {@code KIND TAB FOLDER TAB END TAB LEDGER}. It ends at once, with a message, if the store does anything
 * that it should not.
 */
public final class Subject {
    /** What is printed when the fault was noticed by nobody, or there was none. */
    static final String SILENT = "nobody noticed";

    static final String CLEAN = "clean";

    private static final Duration SLOWEST = Duration.ofSeconds(6);

    private final Plan plan;
    private final Path folder;
    private final String store;
    private final AtomicReference<@Nullable Backend> backend = new AtomicReference<>();
    private final Ledger ledger = new Ledger();
    private @Nullable String noticed;

    private Subject(Plan plan, Path folder, String store) {
        this.plan = plan;
        this.folder = folder;
        this.store = store;
    }

    /**
     * Runs.
     *
     * @param arguments the plan, the folder of the stores, a connection string with {@code *} for the folder of one, the seed
     *     of the script, how far it is from one call that fails to the next
     */
    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        Plan plan = Plan.map(Path.of(arguments[0]));
        long seed = Long.parseLong(arguments[3]);
        int stride = Integer.parseInt(arguments[4]);
        int folders = 0;
        for (Fault.Case fault : Fault.all()) {
            boolean fired = true;
            for (int number = 1; fired; number += stride) {
                Path folder = Files.createDirectory(Path.of(arguments[1], Integer.toString(++folders)));
                Subject subject = new Subject(plan, folder, arguments[2].replace("*", folder.toString()));
                plan.arm(fault, number);
                try {
                    subject.run(fault.fault(), seed);
                } catch (AssertionError | CuttlestoreException e) {
                    throw new AssertionError("with " + fault + " at call " + number + ": " + e, e);
                }
                fired = plan.hasFired();
                String end = !fired ? CLEAN : subject.noticed == null ? SILENT : subject.noticed;
                System.out.println(fault + "\t" + folder.getFileName() + "\t" + end + "\t" + subject.ledger);
            }
        }
    }

    private void run(Fault fault, long seed) throws Exception {
        CuttlestoreConnection connection = open();
        Cuttlestore<String> entries = connection.store(String.class);
        for (Step step : Script.steps(seed, this::sweep)) {
            boolean before = plan.hasFired();
            Step done = faulty(step.name(), () -> {
                ledger.carryOut(step, entries);
                return step;
            });
            if (done != null && mustBeTold(fault) && !before && plan.hasFired()) {
                throw new AssertionError(step.name() + " was acknowledged though its sync failed");
            }
        }
        faulty("reading all", () -> {
            ledger.require(entries);
            return entries;
        });
        faulty("close", () -> {
            connection.close();
            return connection;
        });
        plan.disarm();
        requireNoOpenFiles();
        try (CuttlestoreConnection again = CuttlestoreConnection.open(store)) {
            ledger.require(again.store(String.class));
        }
        requireNoOpenFiles();
    }

    /** SQLite goes on where it can't sync a folder; at {@code power} that was synced when the store was opened. */
    private boolean mustBeTold(Fault fault) {
        return fault == Fault.SYNC || (fault == Fault.SYNC_FOLDER && !store.startsWith("sqlite:"));
    }

    /** Opens the store; after a failure, which only the fault may cause, once more. */
    private CuttlestoreConnection open() throws Exception {
        CuttlestoreConnection connection = faulty("open", this::connect);
        return connection == null ? connect() : connection;
    }

    private CuttlestoreConnection connect() {
        return Cuttlestore.builder(store).layer(this::remember).connect();
    }

    private Backend remember(Backend inner) {
        backend.set(inner);
        return inner;
    }

    private int sweep() {
        Backend inner = backend.get();
        return inner == null ? 0 : inner.deleteExpired(100, Deadline.after(Duration.ofSeconds(5)));
    }

    /** Does something that fails at most while the fault strikes, and then by an exception of ours; {@code null} if so. */
    private <T> @Nullable T faulty(String name, Callable<T> work) throws Exception {
        boolean before = plan.hasFired();
        long begin = System.nanoTime();
        T result = null;
        try {
            result = work.call();
        } catch (CuttlestoreException e) {
            if (before || !plan.hasFired()) {
                throw new AssertionError(name + " failed though no system call did: " + e, e);
            }
            noticed = name.split(" ", 2)[0] + ": " + e.getClass().getSimpleName();
        } catch (RuntimeException e) {
            throw new AssertionError(name + " threw what is no exception of Cuttlestore: " + e, e);
        }
        long took = System.nanoTime() - begin;
        if (took > SLOWEST.toNanos()) {
            throw new AssertionError(name + " took " + TimeUnit.NANOSECONDS.toMillis(took) + " ms");
        }
        return result;
    }

    private void requireNoOpenFiles() throws IOException {
        try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
            List<String> open = handles.map(Subject::target)
                    .filter(target -> target.startsWith(folder.toString()))
                    .toList();
            if (!open.isEmpty()) {
                throw new AssertionError("files are open after the store was closed: " + open);
            }
        }
    }

    private static String target(Path handle) {
        try {
            return Files.readSymbolicLink(handle).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
