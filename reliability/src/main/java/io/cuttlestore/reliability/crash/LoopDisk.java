package io.cuttlestore.reliability.crash;

import io.cuttlestore.reliability.LeftOutException;
import io.cuttlestore.reliability.Mount;
import io.cuttlestore.reliability.Tool;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file system in a file, whose power can be cut: from then on nothing reaches the file any more, neither what the kernel
 * still holds nor its journal (the {@code shutdown} of xfs_io(8), which ext4 has as well).
 */
final class LoopDisk implements AutoCloseable {
    private static final long BYTES = 320L << 20; // xfs wants no less than 300 MiB

    private final Path image;
    private Mount mount;

    private LoopDisk(Path image, Mount mount) {
        this.image = image;
        this.mount = mount;
    }

    /**
     * Makes and mounts one.
     *
     * @param folder where its file and its mount point lie
     * @param type {@code ext4} or {@code xfs}
     * @throws LeftOutException if this user or this machine can't
     */
    static LoopDisk make(Path folder, String type) throws IOException, LeftOutException, InterruptedException {
        Path image = folder.resolve(type + ".image");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(BYTES);
        }
        Tool.run("mkfs." + type, "-q", image.toString());
        Path mountPoint = Files.createDirectories(folder.resolve(type));
        return new LoopDisk(image, mount(image, mountPoint));
    }

    private static Mount mount(Path image, Path mountPoint) throws LeftOutException, InterruptedException {
        return Mount.at(mountPoint, "-o", "loop", image.toString());
    }

    Path mountPoint() {
        return mount.point();
    }

    void cutPower() throws LeftOutException, InterruptedException {
        Tool.run("xfs_io", "-x", "-c", "shutdown", mountPoint().toString());
    }

    /** Starts the machine again, so to speak; nobody may have files open. */
    void restorePower() throws IOException, LeftOutException, InterruptedException {
        mount.close();
        mount = mount(image, mountPoint());
    }

    /** Waits until all that was written is on the disk. */
    void sync() throws LeftOutException, InterruptedException {
        Tool.run("sync", "-f", mountPoint().toString());
    }

    @Override
    public void close() throws IOException {
        mount.close();
    }
}
