package io.cuttlestore.examples.backend;

import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreUnavailableException;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Properties;
import java.util.TreeMap;

/** A properties file that is replaced as a whole, by one owner at a time. */
final class PropertiesFile implements AutoCloseable {
    private final Path path;
    private final FileChannel lock;

    private PropertiesFile(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Locks the file, which need not be there yet. */
    static PropertiesFile open(Path path) {
        try {
            Files.createDirectories(path.resolveSibling(""));
            FileChannel lock = FileChannel.open(
                    path.resolveSibling(path.getFileName() + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            if (!isFree(lock)) {
                lock.close();
                throw new StoreUnavailableException(
                        "the file " + path + " is open already; it serves one connection at a time");
            }
            return new PropertiesFile(path, lock);
        } catch (IOException e) {
            throw new StoreFailedException("the file " + path + " can't be locked", e);
        }
    }

    private static boolean isFree(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() != null;
        } catch (OverlappingFileLockException inThisProcess) {
            return false;
        }
    }

    NavigableMap<String, String> read() {
        NavigableMap<String, String> properties = new TreeMap<>();
        if (Files.exists(path)) {
            Properties read = new Properties();
            try (InputStream in = new FileInputStream(path.toFile())) {
                read.load(in);
            } catch (IOException | IllegalArgumentException e) {
                throw new StoreFailedException("the file " + path + " can't be read as properties", e);
            }
            read.forEach((key, value) -> properties.put((String) key, (String) value));
        }
        return properties;
    }

    /** Replaces the contents atomically. */
    void write(Map<String, String> contents) {
        Properties properties = new Properties();
        properties.putAll(contents);
        Path temporary = path.resolveSibling(path.getFileName() + ".tmp");
        try {
            try (OutputStream out = new FileOutputStream(temporary.toFile())) {
                properties.store(out, null);
            }
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new StoreFailedException("the file " + path + " can't be written; it is as it was before", e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new StoreFailedException("the lock of " + path + " can't be released", e);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
