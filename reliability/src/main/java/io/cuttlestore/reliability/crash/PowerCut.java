package io.cuttlestore.reliability.crash;

import io.cuttlestore.reliability.ChildJvm;
import io.cuttlestore.reliability.Folders;
import io.cuttlestore.reliability.Shim;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Tally;
import io.cuttlestore.reliability.Trial;
import io.cuttlestore.reliability.crash.Aftermath.Bet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Cuts the power of the disk that a process writes to. */
final class PowerCut implements Trial.Session {
    private static final int PROOFS = 20;

    private final Path folder;
    private final LoopDisk disk;
    private final Aftermath aftermath;

    private PowerCut(Path folder, LoopDisk disk, List<Bet> bets, Tally tally) {
        this.folder = folder;
        this.disk = disk;
        this.aftermath = new Aftermath(bets, tally);
    }

    /** Sets up a disk, and shows first that a build which does not sync files, or folders, is found out. */
    static PowerCut on(String fileSystem, Site site) throws Exception {
        Path shim = Shim.compile(PowerCut.class, "nosync", site.folder());
        requireThatItBites(fileSystem, shim, "files", PowerCut::sqliteAtPower, site);
        requireThatItBites(fileSystem, shim, "files", PowerCut::filesAtPower, site);
        requireThatItBites(fileSystem, shim, "folders", PowerCut::filesAtPower, site);
        LoopDisk disk = LoopDisk.make(site.folder(), fileSystem);
        List<Bet> bets = List.of(
                sqliteAtPower(disk),
                filesAtPower(disk),
                new Bet("sqlite://" + disk.mountPoint() + "/process.db", Promise.A_SUFFIX_IS_LOST),
                new Bet("filesystem://" + disk.mountPoint() + "/process", Promise.EACH_KEY_GOES_BACK));
        return new PowerCut(site.folder(), disk, bets, site.tally());
    }

    private static Bet sqliteAtPower(LoopDisk disk) {
        return new Bet("sqlite://" + disk.mountPoint() + "/power.db?durability=power", Promise.NOTHING_IS_LOST);
    }

    private static Bet filesAtPower(LoopDisk disk) {
        return new Bet("filesystem://" + disk.mountPoint() + "/power?durability=power", Promise.NOTHING_IS_LOST);
    }

    /** What is bet on a store of a disk. */
    @FunctionalInterface
    private interface Bets {
        Bet on(LoopDisk disk);
    }

    private static void requireThatItBites(String fileSystem, Path shim, String notSynced, Bets bets, Site site)
            throws Exception {
        Path folder = Files.createDirectories(site.folder().resolve("proof"));
        try (LoopDisk disk = LoopDisk.make(folder, fileSystem)) {
            PowerCut rig = new PowerCut(site.folder(), disk, List.of(bets.on(disk)), new Tally());
            for (int proof = 0; proof < PROOFS; proof++) {
                ChildJvm.Builder jvm = ChildJvm.of(Writers.class).preload(shim).environment("NOSYNC", notSynced);
                int[] acknowledged = rig.cut(jvm, proof);
                try {
                    rig.aftermath.require(proof, acknowledged);
                } catch (AssertionError | RuntimeException foundOut) {
                    site.tally().count("builds without a sync found out");
                    return;
                }
            }
            throw new AssertionError("the rig does not notice a build that does not sync " + notSynced + ": "
                    + bets.on(disk).store());
        } finally {
            Folders.delete(folder);
        }
    }

    @Override
    public void attempt(long seed) throws Exception {
        int[] acknowledged = cut(ChildJvm.of(Writers.class), seed);
        aftermath.require(seed, acknowledged);
        disk.sync();
    }

    private int[] cut(ChildJvm.Builder jvm, long seed) throws Exception {
        int[] acknowledged = Victim.strike(jvm, folder, aftermath.stores(), seed, disk::cutPower);
        disk.restorePower();
        return acknowledged;
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }
}
