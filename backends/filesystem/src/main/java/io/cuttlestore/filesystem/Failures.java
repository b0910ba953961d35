package io.cuttlestore.filesystem;

import io.cuttlestore.AccessDeniedException;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreFullException;
import io.cuttlestore.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** Turns what the file system reports into the exceptions of the contract. */
final class Failures {
    /** Less usable space than this counts as none where the system's message is in a language not known here. */
    private static final long NO_SPACE = 64 * 1024;

    private Failures() {}

    /**
     * The exception for a failure.
     *
     * @param tried what was tried, to follow "can't"
     * @param folder the folder of the store
     */
    static CuttlestoreException of(String tried, Path folder, IOException failure) {
        String reason = reason(failure);
        String message = "can't " + tried + " in " + folder + ": " + reason;
        String known = reason.toLowerCase(Locale.ROOT);
        if (failure instanceof java.nio.file.AccessDeniedException) {
            return new AccessDeniedException(
                    message + "; let the user of this process read and write the folder", failure);
        }
        if (known.contains("read-only") || isReadOnly(folder)) {
            return new AccessDeniedException(message + "; the file system must be writable", failure);
        }
        if (known.contains("too many open files")) {
            return new StoreUnavailableException(
                    message + "; raise the limit of open files of this process or the system", failure);
        }
        if (failure instanceof NoSuchFileException && !Files.isDirectory(folder)) {
            return new StoreUnavailableException(message + "; the folder is gone: mount or restore it", failure);
        }
        if (known.contains("no space left") || known.contains("quota") || isFull(folder)) {
            return new StoreFullException(message + "; what was there is kept; free some space", failure);
        }
        return new StoreFailedException(message, failure);
    }

    private static String reason(IOException failure) {
        if (failure instanceof java.nio.file.AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof DirectoryNotEmptyException) {
            return "a folder with contents is in its place";
        }
        if (failure instanceof FileAlreadyExistsException inTheWay) {
            return inTheWay.getFile() + " is not a folder";
        }
        if (failure instanceof FileSystemException known && known.getReason() != null) {
            return known.getReason();
        }
        return failure.toString();
    }

    private static boolean isReadOnly(Path folder) {
        try {
            return Files.getFileStore(folder).isReadOnly();
        } catch (IOException unknown) {
            return false;
        }
    }

    private static boolean isFull(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace() < NO_SPACE;
        } catch (IOException unknown) {
            return false;
        }
    }
}
