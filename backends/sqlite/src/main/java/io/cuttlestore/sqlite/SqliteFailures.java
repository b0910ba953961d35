package io.cuttlestore.sqlite;

import io.cuttlestore.AccessDeniedException;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.IncompatibleStoreException;
import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreFullException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.ValueTooLargeException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Translates the driver's exceptions; {@code SQLITE_BUSY} is {@link Contention}'s. */
final class SqliteFailures {
    private static final int PRIMARY_CODE = 0xFF;

    private SqliteFailures() {}

    /** The primary result code, without what SQLite's extended codes add. */
    static SQLiteErrorCode code(SQLException e) {
        return SQLiteErrorCode.getErrorCode(e.getErrorCode() & PRIMARY_CODE);
    }

    /**
     * The failure of something that has left no trace.
     *
     * @param tried what was tried, on what: {@code "reading from sqlite:///app.db"}
     */
    static CuttlestoreException translate(String tried, SQLException e) {
        String failed = tried + " failed: ";
        return switch (code(e)) {
            case SQLITE_FULL ->
                new StoreFullException(failed + "the disk or the quota is full; make room and try again", e);
            case SQLITE_READONLY ->
                new AccessDeniedException(
                        failed + "the file, its folder or the disk is read-only; make them writable for this user", e);
            case SQLITE_PERM, SQLITE_AUTH ->
                new AccessDeniedException(failed + "this user may not use the file; check its permissions", e);
            case SQLITE_CANTOPEN ->
                new StoreUnavailableException(
                        failed
                                + "the file, or one beside it, can't be opened; check that it is still there and readable",
                        e);
            case SQLITE_NOTADB ->
                new IncompatibleStoreException(
                        failed + "the file is not a SQLite database, or it is encrypted; it is left as it is", e);
            case SQLITE_CORRUPT ->
                new StoreFailedException(
                        failed + "the file is damaged; look at it with PRAGMA integrity_check and restore a backup", e);
            case SQLITE_TOOBIG ->
                new ValueTooLargeException(failed + "the value is larger than SQLite can hold in a row", e);
            case SQLITE_IOERR -> ioError(failed, e);
            default -> new StoreFailedException(failed + "SQLite reports " + code(e), e);
        };
    }

    private static CuttlestoreException ioError(String failed, SQLException e) {
        boolean noRoomForIndex =
                e instanceof SQLiteException failure && failure.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE;
        return noRoomForIndex
                ? new StoreFullException(failed + "the disk or the quota is full; make room and try again", e)
                : new StoreFailedException(failed + "the disk reports an error; look into the system's log", e);
    }

    /**
     * The failure of a commit. A full disk has stopped it before its last page, without which it does not count; after
     * any other error of the disk the commit may still come to light when the file is next recovered.
     */
    static CuttlestoreException translateCommit(String tried, SQLException e) {
        if (code(e) == SQLiteErrorCode.SQLITE_IOERR) {
            return new OutcomeUnknownException(
                    tried + " failed when the disk reported an error; read the entry to learn whether it was written",
                    e);
        }
        return translate(tried, e);
    }
}
