package io.cuttlestore.reliability.syscalls;

import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.reliability.ChildJvm;
import io.cuttlestore.reliability.Folders;
import io.cuttlestore.reliability.Mount;
import io.cuttlestore.reliability.Shim;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Tally;
import io.cuttlestore.reliability.Trial;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Lets system calls of a {@link Subject} fail: an attempt is one script with each kind of call and of failure, at every
 * number that it comes to.
 */
final class FailingCalls implements Trial.Session {
    private static final long LONGEST_SECONDS = 900;
    private static final int MEGABYTES = 1_024;
    private static final int STRIDE_WHEN_QUICK = 7;

    /** What every store does. */
    private static final Set<Fault> COMMON =
            EnumSet.of(Fault.OPEN, Fault.READ, Fault.WRITE, Fault.SYNC, Fault.UNLINK, Fault.STAT, Fault.LOCK);

    private static final Pattern STRAY = Pattern.compile(".*(/tmp/.*|\\.tmp|\\.new|/\\.[0-9a-f]{8}-[0-9a-f]+)");

    private final Path folder;
    private final Mount disk;
    private final Path shim;
    private final List<String> stores;
    private final boolean quick;
    private final Tally tally;

    private FailingCalls(Path folder, Mount disk, Path shim, List<String> stores, boolean quick, Tally tally) {
        this.folder = folder;
        this.disk = disk;
        this.shim = shim;
        this.stores = stores;
        this.quick = quick;
        this.tally = tally;
    }

    /**
     * Sets up a disk in memory, since a busy one would only take longer.
     *
     * @param stores connection strings with {@code *} for the folder that a store gets
     */
    static FailingCalls on(Site site, String... stores) throws Exception {
        Path folder = site.folder().toRealPath();
        Path shim = Shim.compile(FailingCalls.class, "faults", folder);
        Mount disk = Mount.inMemory(Files.createDirectory(folder.resolve("disk")), MEGABYTES);
        return new FailingCalls(folder, disk, shim, List.of(stores), site.quick(), site.tally());
    }

    @Override
    public void attempt(long seed) throws Exception {
        for (String store : quick ? List.of(stores.get(Math.floorMod(seed, stores.size()))) : stores) {
            try {
                attempt(store, seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(store + ": " + e.getMessage(), e);
            }
        }
    }

    private void attempt(String store, long seed) throws Exception {
        Path place = Files.createDirectory(disk.point().resolve("stores"));
        Path plan = folder.resolve("plan");
        Plan.create(plan);
        ChildJvm.Builder jvm = ChildJvm.of(Subject.class)
                .preload(shim)
                .environment("FAULTS_PLAN", plan.toString())
                .environment("FAULTS_STORES", place + "/")
                .arguments(List.of(
                        plan.toString(),
                        place.toString(),
                        store,
                        Long.toString(seed),
                        Integer.toString(quick ? STRIDE_WHEN_QUICK : 1)));
        try (ChildJvm subject = jvm.start(folder)) {
            subject.killAfter(LONGEST_SECONDS);
            Set<Fault.Case> clean = new HashSet<>();
            Set<Fault> struck = EnumSet.noneOf(Fault.class);
            BufferedReader lines = new BufferedReader(new InputStreamReader(subject.output(), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split("\t", -1);
                Fault.Case fault = Fault.Case.parse(fields[0]);
                require(place.resolve(fields[1]), store, fault, fields[2], Ledger.parse(fields[3]));
                if (fields[2].equals(Subject.CLEAN)) {
                    clean.add(fault);
                } else {
                    struck.add(fault.fault());
                }
            }
            if (subject.await(LONGEST_SECONDS) != 0
                    || clean.size() < Fault.all().size()) {
                throw new AssertionError("it ended before its time, or had to be ended: " + subject.errors());
            }
            if (!struck.containsAll(COMMON)) {
                throw new AssertionError("only " + struck + " could be made to fail, so the rest is not shown");
            }
        } finally {
            Folders.delete(place);
        }
    }

    /** Compares a store that the subject has closed with what it tells about it. */
    private void require(Path one, String store, Fault.Case fault, String end, Ledger ledger) throws IOException {
        try (CuttlestoreConnection connection = CuttlestoreConnection.open(store.replace("*", one.toString()))) {
            ledger.require(connection.store(String.class));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("in another process, after " + fault + ", " + end + ": " + e, e);
        }
        if (fault.fault() != Fault.UNLINK) {
            requireNoStrayFiles(one);
        }
        Folders.delete(one);
        if (!end.equals(Subject.CLEAN)) {
            tally.count("calls that failed");
            tally.count(end.replaceFirst(".*: ", ""));
        }
    }

    private static void requireNoStrayFiles(Path store) throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            List<String> stray = files.map(file -> store.relativize(file).toString())
                    .filter(path -> STRAY.matcher(path).matches())
                    .toList();
            if (!stray.isEmpty()) {
                throw new AssertionError("stray files: " + stray);
            }
        }
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }
}
