package io.cuttlestore.rocksdb;

import io.cuttlestore.AccessDeniedException;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.IncompatibleStoreException;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.spi.ConnectionString;
import io.cuttlestore.spi.NetworkFileSystems;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.rocksdb.RocksDBException;

/**
 * The place of a database, checked and made before RocksDB opens it.
 *
 * <p>The file {@code LOCK} in it is never opened with Java's own I/O: closing it would drop the lock that RocksDB holds on
 * it for this process.
 */
final class DatabaseFolder {
    /** Is there as long as the database is being made, so that whoever opens it makes what is missing. */
    private static final String DRAFT = "cuttlestore-draft";

    private static final String CURRENT = "CURRENT";

    private final Path path;

    private DatabaseFolder(Path path) {
        this.path = path;
    }

    /** The folder that the place of a connection string names. */
    static DatabaseFolder named(String place) {
        if (place.isEmpty()) {
            throw new InvalidConnectionStringException(
                    "a rocksdb connection string must name a folder, as in rocksdb://./folder or rocksdb:///var/lib/app");
        }
        Path path;
        try {
            path = Path.of(place).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new InvalidConnectionStringException(
                    "the rocksdb connection string does not name a folder: " + e.getReason(), e);
        }
        return reaching(path);
    }

    private static DatabaseFolder reaching(Path path) {
        if (!reachesRocksDb(path.toString())) {
            throw new InvalidConnectionStringException("the path " + path
                    + " has characters that RocksDB's driver does not pass on as they are; name another folder");
        }
        return new DatabaseFolder(path);
    }

    /** The driver encodes paths in the JVM's own form of UTF-8, which differs beyond U+FFFF, whatever the system's is. */
    private static boolean reachesRocksDb(String path) {
        boolean isAscii = path.chars().allMatch(c -> c < 0x80);
        String encoding = System.getProperty("sun.jnu.encoding", "");
        return isAscii
                || (encoding.toUpperCase(Locale.ROOT).equals("UTF-8")
                        && path.chars().noneMatch(c -> Character.isSurrogate((char) c)));
    }

    /** Refuses a network file system, whose locks RocksDB can't rely on, unless the string allows it. */
    void refuseNetwork(ConnectionString string) {
        try {
            NetworkFileSystems.refuse(path, string);
        } catch (IOException e) {
            throw failure("finding the file system of", e);
        }
    }

    void requireExisting() {
        if (!Files.exists(path.resolve(CURRENT)) || isDraft()) {
            throw new InvalidConnectionStringException("there is no store at " + location() + "; check the path");
        }
    }

    /** Makes the folder, and those above it, unless there is something in it, and begins a database. */
    void createIfMissing() {
        Path existing = nearestExisting(path);
        requireUsable(existing);
        try {
            reaching(existing.toRealPath());
            if (existing.equals(path) && !isEmpty()) {
                return;
            }
            Files.createDirectories(path, ownerOnly());
            Files.createFile(path.resolve(DRAFT));
            syncFolders(existing);
        } catch (FileAlreadyExistsException e) {
            // another process was faster
        } catch (IOException e) {
            throw failure("creating", e);
        }
    }

    private static Path nearestExisting(Path path) {
        Path above = path.getParent();
        return Files.exists(path) || above == null ? path : nearestExisting(above);
    }

    private void requireUsable(Path existing) {
        if (!Files.isDirectory(existing)) {
            throw new IncompatibleStoreException(
                    "opening " + location() + " failed: " + existing + " is not a folder; name another place");
        }
        if (!Files.isReadable(existing) || !Files.isWritable(existing) || !Files.isExecutable(existing)) {
            throw new AccessDeniedException("opening " + location() + " failed: the folder " + existing
                    + " is not readable and writable for this user; change its permissions or name another place");
        }
    }

    private boolean isEmpty() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            return !files.iterator().hasNext();
        }
    }

    private boolean isDraft() {
        return Files.exists(path.resolve(DRAFT));
    }

    private FileAttribute<?>[] ownerOnly() {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Brings the new names to the disk, where a power cut does not reach them. */
    private void syncFolders(Path existing) throws IOException {
        for (Path made = path; made != null && made.startsWith(existing); made = made.getParent()) {
            try (FileChannel channel = FileChannel.open(made, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (java.nio.file.AccessDeniedException e) {
                // Windows opens no folders, and keeps names safe by itself
            } catch (ClosedByInterruptException e) {
                throw new StoreInterruptedException("interrupted while creating " + path + "; open it again", e);
            }
        }
    }

    /** The same folder by its canonical path, which can hold a database as far as its permissions tell. */
    DatabaseFolder canonical() {
        requireUsable(path);
        try {
            return reaching(path.toRealPath());
        } catch (IOException e) {
            throw failure("opening", e);
        }
    }

    Path path() {
        return path;
    }

    String location() {
        return "rocksdb://" + path;
    }

    /**
     * Opens the database, and completes it if it is still being made.
     *
     * @param memory in MiB
     * @throws IncompatibleStoreException if it is not one of ours; it is left untouched then
     */
    Database open(int memory) throws RocksDBException {
        boolean isDraft = isDraft();
        if (!isDraft) {
            refuseForeign();
        }
        Database database = Database.open(path, memory, isDraft);
        try {
            Files.deleteIfExists(path.resolve(DRAFT));
            return database;
        } catch (IOException e) {
            database.close();
            throw failure("creating", e);
        }
    }

    private void refuseForeign() throws RocksDBException {
        if (!Files.exists(path.resolve(CURRENT))) {
            throw new IncompatibleStoreException("opening " + location()
                    + " failed: the folder is neither empty nor a RocksDB database; name another. It is left as it is");
        }
        Database.refuseForeign(path);
    }

    private CuttlestoreException failure(String tried, IOException e) {
        String failed = tried + " " + location() + " failed: ";
        if (e instanceof java.nio.file.AccessDeniedException) {
            return new AccessDeniedException(failed + "this user may not; change the permissions of its folder", e);
        }
        if (e instanceof NoSuchFileException) {
            return new StoreUnavailableException(failed + "it, or a folder above it, was removed meanwhile", e);
        }
        return new StoreFailedException(failed + e.getMessage(), e);
    }
}
