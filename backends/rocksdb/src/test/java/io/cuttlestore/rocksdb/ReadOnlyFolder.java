package io.cuttlestore.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A folder that can be made read-only for whoever runs the tests: for root, whom permissions don't stop, a disk. */
final class ReadOnlyFolder implements AutoCloseable {
    private final Path folder;
    private final boolean mounted;

    ReadOnlyFolder(Path folder) throws Exception {
        this.folder = folder;
        this.mounted = Shell.isRoot();
        if (mounted) {
            Shell.run("mount", "-t", "tmpfs", "tmpfs", folder.toString());
        }
    }

    void protect() throws Exception {
        if (mounted) {
            Shell.run("mount", "-o", "remount,ro", folder.toString());
        } else {
            permit("r-xr-xr-x");
        }
    }

    @Override
    public void close() throws Exception {
        if (mounted) {
            Shell.run("umount", folder.toString());
        } else {
            permit("rwxr-xr-x");
        }
    }

    private void permit(String permissions) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
    }
}
