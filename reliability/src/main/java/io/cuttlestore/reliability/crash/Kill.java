package io.cuttlestore.reliability.crash;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.reliability.ChildJvm;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Tally;
import io.cuttlestore.reliability.Trial;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Kills a process that writes to four stores, and looks at them. The next process writes to the same ones. */
final class Kill implements Trial.Session {
    private static final Duration OPEN_WITHIN = Duration.ofSeconds(2);
    private static final long LONGEST_LIFE_NANOS = 150_000_000L;

    private final Site site;
    private final Tally tally;
    private final List<String> stores;

    Kill(Site site) {
        this.site = site;
        this.tally = site.tally();
        this.stores = List.of(
                "sqlite://" + site.folder() + "/process.db",
                "sqlite://" + site.folder() + "/power.db?durability=power",
                "filesystem://" + site.folder() + "/process",
                "filesystem://" + site.folder() + "/power?durability=power");
    }

    @Override
    public void attempt(long seed) throws Exception {
        int[] acknowledged = acknowledgedBeforeTheEnd(seed);
        for (int i = 0; i < stores.size(); i++) {
            look(stores.get(i), i, acknowledged, seed);
        }
        requireNoStrayFiles();
    }

    /** Lets a process write for a random while and kills it; how many steps of each thread were acknowledged. */
    private int[] acknowledgedBeforeTheEnd(long seed) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>();
        arguments.add(Long.toString(seed));
        arguments.addAll(stores);
        try (ChildJvm writers = ChildJvm.start(Writers.class, arguments)) {
            writers.input().write('\n');
            writers.input().flush();
            int[] acknowledged = new int[stores.size() * Writers.PER_STORE];
            InputStream output = writers.output();
            count(output.read(), acknowledged);
            TimeUnit.NANOSECONDS.sleep(new SplittableRandom(seed).nextLong(LONGEST_LIFE_NANOS));
            writers.kill();
            for (int thread = output.read(); thread >= 0; thread = output.read()) {
                count(thread, acknowledged);
            }
            return acknowledged;
        }
    }

    private static void count(int thread, int[] acknowledged) {
        if (thread < 0) {
            throw new AssertionError("the process ended before it was killed; what it said is above");
        }
        acknowledged[thread]++;
    }

    private void look(String connectionString, int number, int[] acknowledged, long seed) {
        long begin = System.nanoTime();
        try (CuttlestoreConnection connection = CuttlestoreConnection.open(connectionString)) {
            Cuttlestore<String> store = connection.store(String.class);
            store.contains("any");
            Duration opened = Duration.ofNanos(System.nanoTime() - begin);
            tally.most("ms to open again at most", opened.toMillis());
            if (opened.compareTo(OPEN_WITHIN) > 0) {
                throw new AssertionError(connectionString + " took " + opened.toMillis() + " ms to open again");
            }
            Set<String> keys = new HashSet<>();
            for (int thread = number * Writers.PER_STORE; thread < (number + 1) * Writers.PER_STORE; thread++) {
                Script script = Writers.script(thread, seed);
                Aftermath.require(store, script, acknowledged[thread], tally);
                keys.addAll(script.keys());
            }
            Aftermath.requireNothingElse(store, keys);
            store.deleteAll(keys);
        }
    }

    private void requireNoStrayFiles() throws IOException {
        try (Stream<Path> files = Files.walk(site.folder())) {
            List<Path> stray =
                    files.map(site.folder()::relativize).filter(Kill::isStray).toList();
            if (!stray.isEmpty()) {
                throw new AssertionError("stray files after the stores were opened and closed: " + stray);
            }
        }
    }

    private static boolean isStray(Path file) {
        String path = file.toString();
        return path.contains("/tmp/") || path.endsWith("-wal") || path.endsWith("-journal");
    }
}
