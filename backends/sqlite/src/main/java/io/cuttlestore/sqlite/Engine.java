package io.cuttlestore.sqlite;

import io.cuttlestore.IncompatibleStoreException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreInterruptedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.spi.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** An open database file: one session that writes, a pool of sessions that read. Thread-safe. */
final class Engine {
    private static final long LARGE_WAL_BYTES = 64L << 20;
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(2_800);

    private final String location;
    private final Path file;
    private final Synchronous synchronous;
    private final Contention contention;
    private final ReadPool readers;
    private final ReentrantLock writing = new ReentrantLock();
    private final Session writer;
    private final String storeId;
    private final String version;
    private volatile boolean closed;

    private Engine(Path file, Settings settings, Deadline deadline) throws SQLException {
        this.location = "sqlite://" + file;
        this.file = file;
        this.synchronous = settings.synchronous();
        this.contention = new Contention(location, () -> closed);
        this.readers = new ReadPool(settings.readers(), () -> Session.reader(file), contention, location);
        this.writer = contention.overcome(deadline, () -> Session.writer(file, synchronous));
        try {
            contention.overcome(deadline, this::prepare);
            requireWritable();
            if (synchronous == Synchronous.POWER) {
                syncFolder();
            }
            this.storeId = contention.overcome(deadline, () -> Schema.storeId(writer));
            this.version = writer.single("SELECT sqlite_version()");
        } catch (SQLException | RuntimeException e) {
            writer.close();
            throw e;
        }
    }

    /**
     * Opens a database file, and fills it if it is empty.
     *
     * @throws IncompatibleStoreException if it is not one of ours; it is left untouched then
     */
    static Engine open(Path file, Settings settings, Deadline deadline) {
        refuseForeign(file);
        try {
            return new Engine(file, settings, deadline);
        } catch (SQLException e) {
            throw SqliteFailures.translate("opening sqlite://" + file, e);
        }
    }

    /** Looks without touching. What is seen while others write may be torn, so only what is certain is refused. */
    private static void refuseForeign(Path file) {
        String location = "sqlite://" + file;
        try (Session observer = Session.observer(file)) {
            Schema.isPresent(observer, location);
        } catch (SQLException e) {
            if (SqliteFailures.code(e) == SQLiteErrorCode.SQLITE_NOTADB) {
                throw SqliteFailures.translate("opening " + location, e);
            }
        }
    }

    private String prepare() throws SQLException {
        if (!Schema.isPresent(writer, location)) {
            Schema.create(writer, location);
        }
        String mode = writer.single("PRAGMA journal_mode = WAL");
        if (!mode.equals("wal")) {
            throw new IncompatibleStoreException("opening " + location
                    + " failed: its file system can't share memory between processes; name a file on a local disk");
        }
        return mode;
    }

    /**
     * SQLite opens a file for reading only when it could not open it for writing, be it for a moment. Only a statement that
     * writes tells: {@code BEGIN IMMEDIATE} would then begin to read.
     */
    private void requireWritable() throws SQLException {
        try {
            writer.execute("DELETE FROM entry WHERE 0");
        } catch (SQLException e) {
            if (!Contention.isBusy(e)) {
                throw e;
            }
            writer.forgetStatements();
        }
    }

    String location() {
        return location;
    }

    String storeId() {
        return storeId;
    }

    /** SQLite's own version: {@code 3.50.1}. */
    String version() {
        return version;
    }

    /** Does something that only reads. */
    <R extends @Nullable Object> R read(Deadline deadline, Session.Work<R> work) {
        Session session = readers.take(deadline);
        try {
            return contention.overcome(deadline, () -> work.on(session));
        } catch (SQLException e) {
            session.forgetStatements();
            throw SqliteFailures.translate("reading from " + location, e);
        } finally {
            readers.giveBack(session);
        }
    }

    /** The name of the log must survive, too. SQLite brings it to the disk at the first commit, and goes on if it can't. */
    private void syncFolder() {
        try {
            DatabaseFile.sync(Objects.requireNonNull(file.getParent()));
        } catch (IOException e) {
            throw new StoreFailedException(
                    "opening " + location + " failed: its folder can't be brought to the disk: " + e.getMessage(), e);
        }
    }

    /** Executes one statement that writes, which is its own transaction. */
    <R extends @Nullable Object> R write(Deadline deadline, Session.Work<R> statement) {
        lock(deadline);
        try {
            return contention.overcome(deadline, () -> statement.on(writer));
        } catch (SQLException e) {
            writer.forgetStatements();
            throw SqliteFailures.translateCommit("writing to " + location, e);
        } finally {
            unlock();
        }
    }

    /** Executes several statements in one transaction. */
    <R extends @Nullable Object> R transaction(Deadline deadline, Session.Work<R> work) {
        lock(deadline);
        try {
            begin(deadline);
            R result = carryOut(work);
            commit();
            return result;
        } finally {
            unlock();
        }
    }

    private void begin(Deadline deadline) {
        try {
            contention.overcome(deadline, () -> {
                writer.execute("BEGIN IMMEDIATE");
                return writer;
            });
        } catch (SQLException e) {
            writer.forgetStatements();
            throw SqliteFailures.translate("writing to " + location, e);
        }
    }

    private <R extends @Nullable Object> R carryOut(Session.Work<R> work) {
        try {
            return work.on(writer);
        } catch (SQLException e) {
            writer.rollback();
            throw SqliteFailures.translate("writing to " + location, e);
        } catch (RuntimeException | Error e) {
            writer.rollback();
            throw e;
        }
    }

    private void commit() {
        try {
            writer.execute("COMMIT");
        } catch (SQLException e) {
            writer.rollback();
            throw SqliteFailures.translateCommit("writing to " + location, e);
        }
    }

    /** Moves a write-ahead log that has grown large into the file, unless readers are in the way. */
    void shrinkLog(Deadline deadline) {
        if (sizeOfLog() > LARGE_WAL_BYTES) {
            write(deadline, session -> session.single("PRAGMA wal_checkpoint(TRUNCATE)"));
        }
    }

    private long sizeOfLog() {
        try {
            return Files.size(Path.of(file + "-wal"));
        } catch (IOException none) {
            return 0;
        }
    }

    /** Connections of the application's own. */
    Object dataSource() {
        return Session.dataSource(file, synchronous);
    }

    private void lock(Deadline deadline) {
        if (!writing.tryLock()) {
            awaitLock(deadline);
        }
        if (closed) {
            writing.unlock();
            throw new IllegalStateException(location + " is closed");
        }
    }

    private void awaitLock(Deadline deadline) {
        try {
            if (!writing.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw new StoreTimeoutException("other threads kept writing to " + location + " for the whole "
                        + deadline.timeout().toMillis() + " ms; nothing was written; try again, or allow more time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreInterruptedException(
                    "interrupted while waiting to write to " + location + "; nothing was written", e);
        }
    }

    private void unlock() {
        if (closed) {
            writer.close();
        }
        writing.unlock();
    }

    /** Waits for what is under way, but not long; what takes longer closes its session itself when it ends. */
    void close() {
        closed = true;
        Deadline deadline = Deadline.after(CLOSE_TIMEOUT);
        readers.close(deadline);
        if (writing.tryLock() || awaitQuietly(deadline)) {
            unlock();
        }
    }

    private boolean awaitQuietly(Deadline deadline) {
        try {
            return writing.tryLock(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
