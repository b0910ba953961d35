package io.cuttlestore.filesystem;

import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** What files and folders are created with: nobody but their owner may use them, where the file system can say so. */
final class Permissions {
    private static final FileAttribute<?>[] UNSUPPORTED = {};
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

    private static FileAttribute<?>[] posix(String permissions) {
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        };
    }
}
