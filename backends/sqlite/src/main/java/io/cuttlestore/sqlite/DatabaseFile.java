package io.cuttlestore.sqlite;

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
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;

/**
 * The place of a database file, checked and made before SQLite opens it.
 *
 * <p>A database file is never opened with Java's own I/O: closing it would drop the locks that SQLite holds on it for
 * this process, and other processes would write into it at the same time. What is needed of an existing file is learnt
 * by {@code stat} and {@code access}.
 */
final class DatabaseFile {
    private static final List<String> SUFFIXES = List.of("-wal", "-shm", "-journal", "");

    private final Path path;
    private final Path folder;

    private DatabaseFile(Path path, Path folder) {
        this.path = path;
        this.folder = folder;
    }

    /** The file that the place of a connection string names. */
    static DatabaseFile named(String place) {
        if (place.isEmpty() || place.endsWith("/")) {
            throw new InvalidConnectionStringException(
                    "a sqlite connection string must name a file, as in sqlite://./app.db or sqlite:///var/lib/app.db");
        }
        if (place.equals(":memory:")) {
            throw new InvalidConnectionStringException(
                    "SQLite in memory is not supported; the connection string in-memory: keeps entries in memory");
        }
        try {
            Path path = Path.of(place).toAbsolutePath().normalize();
            return new DatabaseFile(path, Objects.requireNonNullElse(path.getParent(), path));
        } catch (InvalidPathException e) {
            throw new InvalidConnectionStringException(
                    "the sqlite connection string does not name a file: " + e.getReason(), e);
        }
    }

    /** Refuses a network file system, whose locks SQLite can't rely on, unless the string allows it. */
    void refuseNetwork(ConnectionString string) {
        try {
            NetworkFileSystems.refuse(path, string);
        } catch (IOException e) {
            throw failure("finding the file system of", e);
        }
    }

    private static Path nearestExisting(Path path) {
        Path above = path.getParent();
        return Files.exists(path) || above == null ? path : nearestExisting(above);
    }

    void requireExisting() {
        if (!Files.exists(path)) {
            throw new InvalidConnectionStringException("there is no store at sqlite://" + path + "; check the path");
        }
    }

    /**
     * Makes the file, and the folders above it, unless it is there. The database is written under another name and then
     * linked to its own, so that it appears whole or not at all.
     */
    void createIfMissing() {
        if (Files.exists(path)) {
            return;
        }
        Path existing = nearestExisting(folder);
        requireWritable(existing);
        boolean created = false;
        try {
            Files.createDirectories(folder, ownerOnly("rwx------"));
            createWhole();
            syncFolders(existing);
            created = true;
        } catch (IOException e) {
            throw failure("creating", e);
        } finally {
            if (!created) {
                deleteEmptyFolders(existing);
            }
        }
    }

    private void requireWritable(Path existing) {
        if (!Files.isDirectory(existing)) {
            throw new IncompatibleStoreException(
                    "creating " + path + " failed: " + existing + " is not a folder; name another place");
        }
        if (!Files.isWritable(existing) || !Files.isExecutable(existing)) {
            throw new AccessDeniedException("creating " + path + " failed: the folder " + existing
                    + " is not writable for this user; change its permissions or name another place");
        }
    }

    private FileAttribute<?>[] ownerOnly(String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private void createWhole() throws IOException {
        Path draft = Files.createTempFile(folder, ".cuttlestore-", ".tmp"); // for its owner only, as Java makes them
        try {
            writeEmptyDatabase(draft);
            publish(draft);
        } finally {
            for (String suffix : SUFFIXES) {
                Files.deleteIfExists(Path.of(draft + suffix));
            }
        }
    }

    private void writeEmptyDatabase(Path draft) {
        try (Session session = Session.writer(draft, Synchronous.POWER)) {
            Schema.create(session, draft.toString());
            session.single("PRAGMA journal_mode = WAL");
        } catch (SQLException e) {
            throw SqliteFailures.translate("creating " + path, e);
        }
    }

    /** Gives the draft its name; where links are unknown, makes an empty file, which is filled when it is opened. */
    private void publish(Path draft) throws IOException {
        try {
            Files.createLink(path, draft);
        } catch (FileAlreadyExistsException e) {
            // another process was faster
        } catch (UnsupportedOperationException | IOException e) {
            reserve();
        }
    }

    private void reserve() throws IOException {
        try {
            Files.createFile(path, ownerOnly("rw-------"));
        } catch (FileAlreadyExistsException e) {
            // another process was faster
        }
    }

    /** Brings the new names to the disk, where a power cut does not reach them. */
    private void syncFolders(Path existing) throws IOException {
        for (Path made = folder; made != null && made.startsWith(existing); made = made.getParent()) {
            sync(made);
        }
    }

    /** Brings the names in a folder to the disk. */
    static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (java.nio.file.AccessDeniedException e) {
            // Windows opens no folders, and keeps names safe by itself
        } catch (ClosedByInterruptException e) {
            throw new StoreInterruptedException(
                    "interrupted while bringing the names in " + folder + " to the disk; open the store again", e);
        }
    }

    private void deleteEmptyFolders(Path existing) {
        for (Path made = folder; made != null && !made.equals(existing); made = made.getParent()) {
            try {
                Files.deleteIfExists(made);
            } catch (IOException somebodyUsesIt) {
                return;
            }
        }
    }

    /**
     * The canonical path of the file, which is there.
     *
     * @throws CuttlestoreException if it can't hold a database that is written to
     */
    Path canonicalPath() {
        if (!Files.isRegularFile(path)) {
            throw new IncompatibleStoreException("opening " + path
                    + " failed: it is not a file; name a file, which is created if it does not exist");
        }
        Path real;
        try {
            real = path.toRealPath();
            if (Files.size(real) == 1) { // which SQLite takes for an empty file
                throw new IncompatibleStoreException(
                        "opening " + path + " failed: the file is not a SQLite database; it is left as it is");
            }
        } catch (IOException e) {
            throw failure("opening", e);
        }
        if (!Files.isReadable(real) || !Files.isWritable(real)) {
            throw new AccessDeniedException("opening " + path
                    + " failed: the file is not readable and writable for this user; change its permissions");
        }
        if (!Files.isWritable(Objects.requireNonNull(real.getParent()))) {
            throw new AccessDeniedException("opening " + path
                    + " failed: its folder is not writable for this user, and SQLite keeps files beside the database;"
                    + " change its permissions");
        }
        return real;
    }

    private CuttlestoreException failure(String tried, IOException e) {
        String failed = tried + " " + path + " failed: ";
        if (e instanceof java.nio.file.AccessDeniedException) {
            return new AccessDeniedException(failed + "this user may not; change the permissions of its folder", e);
        }
        if (e instanceof NoSuchFileException) {
            return new StoreUnavailableException(failed + "it, or a folder above it, was removed meanwhile", e);
        }
        return new StoreFailedException(failed + e.getMessage(), e);
    }
}
