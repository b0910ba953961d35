package io.cuttlestore.filesystem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** What this backend does with whole folders. */
final class Folders {
    private Folders() {}

    /** Whether there is something. {@link Files#exists} also says no when the disk does not answer. */
    static boolean exists(Path path, LinkOption... options) throws IOException {
        try {
            Files.readAttributes(path, BasicFileAttributes.class, options);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** The names in a folder, in no order. */
    static List<String> names(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                names.add(file.getFileName().toString());
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    /** Makes a private folder unless there is one; a link to one will not do. */
    static void make(Path folder) throws IOException {
        try {
            Files.createDirectory(folder, Permissions.ofFolders(folder));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    /** Brings the names in a folder onto the disk. Where folders can't be opened, as on Windows, there is no need. */
    static void force(Path folder) throws IOException {
        if (!Permissions.hasPosix(folder)) {
            return;
        }
        Uninterrupted.run(() -> {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
                return folder;
            }
        });
    }
}
