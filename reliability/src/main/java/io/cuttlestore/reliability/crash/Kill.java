package io.cuttlestore.reliability.crash;

import static org.awaitility.Awaitility.await;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.reliability.ChildJvm;
import io.cuttlestore.reliability.Folders;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Trial;
import io.cuttlestore.reliability.crash.Aftermath.Bet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Kills a process that writes to four stores, and looks at them. The next process writes to the same ones. */
final class Kill implements Trial.Session {
    private static final Duration SWEPT_EVERY = Duration.ofMillis(20);
    private static final Duration LOOKED_EVERY = Duration.ofMillis(5);
    private static final Duration SWEPT_WITHIN = Duration.ofSeconds(5);

    private final Path folder;
    private final Aftermath aftermath;

    Kill(Site site) {
        this.folder = site.folder();
        this.aftermath = new Aftermath(
                List.of(
                        new Bet("sqlite://" + folder + "/process.db", Promise.NOTHING_IS_LOST),
                        new Bet("sqlite://" + folder + "/power.db?durability=power", Promise.NOTHING_IS_LOST),
                        new Bet("filesystem://" + folder + "/process", Promise.NOTHING_IS_LOST),
                        new Bet("filesystem://" + folder + "/power?durability=power", Promise.NOTHING_IS_LOST)),
                site.tally());
    }

    @Override
    public void attempt(long seed) throws Exception {
        int[] acknowledged = Victim.kill(ChildJvm.of(Writers.class), folder, aftermath.stores(), seed);
        aftermath.require(seed, acknowledged);
        awaitSweep();
        requireNoneLeft(file -> isDraft(file) || isJournal(file));
    }

    /** Entries that were being written go with the next sweep. */
    private void awaitSweep() {
        List<CuttlestoreConnection> swept = new ArrayList<>();
        try {
            for (String store : aftermath.stores()) {
                swept.add(Cuttlestore.builder(store).sweepEvery(SWEPT_EVERY).connect());
            }
            await().pollInterval(LOOKED_EVERY).atMost(SWEPT_WITHIN).untilAsserted(() -> requireNoneLeft(Kill::isDraft));
        } finally {
            swept.forEach(CuttlestoreConnection::close);
        }
    }

    private void requireNoneLeft(Predicate<Path> unwanted) throws IOException {
        List<Path> left = Folders.files(folder).stream()
                .map(folder::relativize)
                .filter(unwanted)
                .toList();
        if (!left.isEmpty()) {
            throw new AssertionError("files are left that belong to nothing: " + left);
        }
    }

    private static boolean isDraft(Path file) {
        String name = file.getFileName().toString();
        return name.startsWith(".") && !name.equals(".cuttlestore");
    }

    private static boolean isJournal(Path file) {
        return file.toString().endsWith("-wal") || file.toString().endsWith("-journal");
    }
}
