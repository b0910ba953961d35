package io.cuttlestore.rocksdb;

import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreFullException;
import io.cuttlestore.StoreUnavailableException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Translates RocksDB's exceptions. */
final class RocksDbFailures {
    /** What RocksDB says when another process has the lock, or this one; the system's words follow, in its language. */
    private static final Pattern IS_LOCKED = Pattern.compile("^(While lock file|lock hold by current process)");

    private RocksDbFailures() {}

    static CuttlestoreException opening(String location, RocksDBException e) {
        if (isOfDisk(e) && IS_LOCKED.matcher(String.valueOf(e.getMessage())).find()) {
            return new StoreUnavailableException(
                    "opening " + location
                            + " failed: another process has it open, or a RocksDB of the application's own;"
                            + " one process at a time may use it",
                    e);
        }
        return translate("opening " + location, e);
    }

    static CuttlestoreException reading(String location, RocksDBException e) {
        return translate("reading from " + location, e);
    }

    /**
     * The failure of a write. RocksDB goes back to before it when the disk is full; after any other error of the disk it
     * may still come to light when the log is next read.
     */
    static CuttlestoreException writing(String location, RocksDBException e) {
        if (isOfDisk(e) && !isNoSpace(e)) {
            return new OutcomeUnknownException(
                    "writing to " + location + " failed when the disk reported an error, and so will all later writes;"
                            + " close every connection to it, open it again, and read the entry to learn whether it was"
                            + " written",
                    e);
        }
        return translate("writing to " + location, e);
    }

    private static CuttlestoreException translate(String tried, RocksDBException e) {
        String failed = tried + " failed: ";
        if (isNoSpace(e)) {
            return new StoreFullException(failed + "the disk is full; make room and try again", e);
        }
        if (isOfDisk(e)) {
            return new StoreFailedException(failed + "the disk reports an error; look into the system's log", e);
        }
        Status.@Nullable Code code = code(e);
        return code == Status.Code.Corruption
                ? new StoreFailedException(failed + "a file of the database is damaged or missing; restore a backup", e)
                : new StoreFailedException(failed + "RocksDB reports " + code, e);
    }

    private static boolean isOfDisk(RocksDBException e) {
        return code(e) == Status.Code.IOError;
    }

    private static boolean isNoSpace(RocksDBException e) {
        Status status = e.getStatus();
        return status != null && status.getSubCode() == Status.SubCode.NoSpace;
    }

    private static Status.@Nullable Code code(RocksDBException e) {
        Status status = e.getStatus();
        return status == null ? null : status.getCode();
    }
}
