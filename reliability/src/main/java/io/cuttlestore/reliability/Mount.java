package io.cuttlestore.reliability;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file system that is mounted. */
public final class Mount implements AutoCloseable {
    private final Path point;

    private Mount(Path point) {
        this.point = point;
    }

    /**
     * Mounts one.
     *
     * @param point an empty folder
     * @param arguments of mount(8), without the folder
     * @throws LeftOutException if this user or this machine can't
     */
    public static Mount at(Path point, String... arguments) throws LeftOutException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("mount"));
        command.addAll(List.of(arguments));
        command.add(point.toString());
        Tool.run(command.toArray(String[]::new));
        return new Mount(point);
    }

    /** Mounts one that lies in memory. */
    public static Mount inMemory(Path point, int megabytes) throws LeftOutException, InterruptedException {
        return at(point, "-t", "tmpfs", "-o", "size=" + megabytes + "m", "cuttlestore");
    }

    public Path point() {
        return point;
    }

    /** Unmounts it; nobody may have files of it open. */
    @Override
    public void close() throws IOException {
        try {
            Tool.run("umount", point.toString());
        } catch (LeftOutException e) {
            throw new IOException(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
