package io.cuttlestore.reliability.crash;

import io.cuttlestore.reliability.LeftOutException;
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
    private final Path mountPoint;

    private LoopDisk(Path image, Path mountPoint) {
        this.image = image;
        this.mountPoint = mountPoint;
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
        LoopDisk disk = new LoopDisk(image, mountPoint);
        disk.mount();
        return disk;
    }

    Path mountPoint() {
        return mountPoint;
    }

    private void mount() throws LeftOutException, InterruptedException {
        Tool.run("mount", "-o", "loop", image.toString(), mountPoint.toString());
    }

    private void unmount() throws LeftOutException, InterruptedException {
        Tool.run("umount", mountPoint.toString());
    }

    void cutPower() throws LeftOutException, InterruptedException {
        Tool.run("xfs_io", "-x", "-c", "shutdown", mountPoint.toString());
    }

    /** Starts the machine again, so to speak; nobody may have files open. */
    void restorePower() throws LeftOutException, InterruptedException {
        unmount();
        mount();
    }

    /** Waits until all that was written is on the disk. */
    void sync() throws LeftOutException, InterruptedException {
        Tool.run("sync", "-f", mountPoint.toString());
    }

    @Override
    public void close() throws IOException {
        try {
            unmount();
        } catch (LeftOutException e) {
            throw new IOException(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
