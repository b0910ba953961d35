package io.cuttlestore.benchmarks.filesystem;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Values in plain files as one would write and read them by hand: in 256 folders, each written to a temporary file and
 * renamed. Thread-safe, but each thread needs a {@link Buffer} of its own.
 */
final class RawFiles {
    private static final int FOLDERS = 256;

    private final Path temporary;
    private final Path[] folders = new Path[FOLDERS];
    private final AtomicLong written = new AtomicLong();

    /** @param root an empty folder */
    RawFiles(Path root) {
        try {
            temporary = Files.createDirectory(root.resolve("tmp"));
            for (int i = 0; i < FOLDERS; i++) {
                folders[i] = Files.createDirectory(root.resolve(HexFormat.of().toHexDigits((byte) i)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a thread reads into and writes from. */
    static final class Buffer {
        private final ByteBuffer bytes = ByteBuffer.allocateDirect(32 * 1024);
    }

    Path file(String key) {
        return folder(key).resolve(key);
    }

    private Path folder(String key) {
        return folders[key.hashCode() & (FOLDERS - 1)];
    }

    String read(String key, Buffer buffer) throws IOException {
        ByteBuffer bytes = buffer.bytes.clear();
        try (FileChannel channel = FileChannel.open(file(key), StandardOpenOption.READ)) {
            channel.read(bytes);
        }
        byte[] value = new byte[bytes.flip().remaining()];
        bytes.get(value);
        return new String(value, StandardCharsets.UTF_8);
    }

    void write(String key, String value, Buffer buffer) throws IOException {
        Files.move(writeTemporary(value, buffer, false), file(key), StandardCopyOption.ATOMIC_MOVE);
    }

    /** As {@link #write}, but what is written survives a power cut. */
    void writeSynced(String key, String value, Buffer buffer) throws IOException {
        Files.move(writeTemporary(value, buffer, true), file(key), StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(folder(key), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    private Path writeTemporary(String value, Buffer buffer, boolean synced) throws IOException {
        Path file = temporary.resolve(Long.toHexString(written.incrementAndGet()));
        ByteBuffer bytes =
                buffer.bytes.clear().put(value.getBytes(StandardCharsets.UTF_8)).flip();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            channel.write(bytes);
            if (synced) {
                channel.force(true);
            }
        }
        return file;
    }

    /** Deletes all values. */
    void clear() throws IOException {
        for (Path folder : folders) {
            try (var files = Files.newDirectoryStream(folder)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
        }
    }
}
