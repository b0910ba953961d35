package io.cuttlestore.rocksdb;

import java.nio.file.Path;

/** A disk of 32 MiB. Only root may mount one. */
record SmallDisk(Path folder) implements AutoCloseable {
    static SmallDisk mount(Path folder) throws Exception {
        Shell.run("mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", folder.toString());
        return new SmallDisk(folder);
    }

    @Override
    public void close() throws Exception {
        Shell.run("umount", folder.toString());
    }
}
