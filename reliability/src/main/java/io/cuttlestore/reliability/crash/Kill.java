package io.cuttlestore.reliability.crash;

import io.cuttlestore.reliability.ChildJvm;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Trial;
import io.cuttlestore.reliability.crash.Aftermath.Bet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Kills a process that writes to four stores, and looks at them. The next process writes to the same ones. */
final class Kill implements Trial.Session {
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
        requireNoStrayFiles();
    }

    private void requireNoStrayFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> stray =
                    files.map(folder::relativize).filter(Kill::isStray).toList();
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
