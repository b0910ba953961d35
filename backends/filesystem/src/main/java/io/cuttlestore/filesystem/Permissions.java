package io.cuttlestore.filesystem;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** What files and folders are created with: nobody but their owner may use them, where the file system can say so. */
final class Permissions {
    private static final FileAttribute<?>[] UNSUPPORTED = {};
    private static final int STICKY = 01000;
    private static final int OTHERS_WRITE = 0002;
    private static final FileAttribute<?>[] FILES = posix("rw-------");
    private static final FileAttribute<?>[] FOLDERS = posix("rwx------");

    private Permissions() {}

    static FileAttribute<?>[] ofFiles(Path place) {
        return hasPosix(place) ? FILES : UNSUPPORTED;
    }

    static FileAttribute<?>[] ofFolders(Path place) {
        return hasPosix(place) ? FOLDERS : UNSUPPORTED;
    }

    static boolean hasPosix(Path place) {
        return place.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /**
     * The nearest folder, this one or one above it, in which every user of the machine may replace what is there;
     * {@code null} if none is known. Above the folder, the sticky bit keeps them from that, as in {@code /tmp}.
     */
    static @Nullable Path openToAll(Path folder) {
        if (!folder.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            return null;
        }
        try {
            int telling = OTHERS_WRITE;
            for (Path above = folder; above != null; above = above.getParent()) {
                int mode = (Integer) Files.getAttribute(above, "unix:mode");
                if ((mode & telling) == OTHERS_WRITE) {
                    return above;
                }
                telling = OTHERS_WRITE | STICKY;
            }
        } catch (IOException unknown) {
            return null;
        }
        return null;
    }

    private static FileAttribute<?>[] posix(String permissions) {
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }
}
