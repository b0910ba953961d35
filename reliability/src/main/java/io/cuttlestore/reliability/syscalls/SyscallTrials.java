package io.cuttlestore.reliability.syscalls;

import io.cuttlestore.reliability.Trial;
import java.util.List;

/** The trials of this package. */
public final class SyscallTrials {
    private static final int SCRIPTS = 4;
    private static final int FULL_DISKS = 200;
    private static final int FULL_DISKS_WHEN_QUICK = 10;
    private static final String PASSES =
            "each system call that a script of all operations comes to, at both durabilities, fails once (a short run: every"
                    + " seventh, at one durability; EIO, ENOSPC, EMFILE, ENOLCK, a short write): the operation succeeds or throws an exception of ours, keys have the old or the new value,"
                    + " here and in another process, the next operation succeeds, no file stays open or lies about";

    private SyscallTrials() {}

    public static List<Trial> all() {
        return List.of(
                new Trial(
                        "syscalls-filesystem",
                        PASSES,
                        SCRIPTS,
                        1,
                        site -> FailingCalls.on(site, "filesystem://*/store", "filesystem://*/store?durability=power")),
                new Trial(
                        "syscalls-sqlite",
                        PASSES,
                        SCRIPTS,
                        1,
                        site -> FailingCalls.on(site, "sqlite://*/store.db", "sqlite://*/store.db?durability=power")),
                new Trial(
                        "full-disk",
                        "the disk of SQLite and of files, at both durabilities, has no room for a while: old values are kept, whatever"
                                + " fails says why, all works again once there is room",
                        FULL_DISKS,
                        FULL_DISKS_WHEN_QUICK,
                        FullDisk::on));
    }
}
