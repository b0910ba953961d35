package io.cuttlestore.filesystem;

import io.cuttlestore.IncompatibleStoreException;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.StoreFailedException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.regex.Pattern;

/**
 * Where things are in the folder of a store: entries in the 256 shards {@code 00} to {@code ff}, made when they are
 * needed, all else in {@code .cuttlestore}. Thread-safe.
 */
final class StoreFolder {
    private static final String CONTROL = ".cuttlestore";
    private static final String FORMAT = "format";
    private static final Pattern SHARD = Pattern.compile("[0-9a-fA-F]{2}");

    private final Path root;
    private final String type;
    private final Path control;
    private final Path[] shards = new Path[FolderLock.SHARDS];
    private final AtomicIntegerArray genuine = new AtomicIntegerArray(FolderLock.SHARDS);

    private StoreFolder(Path root, String type) {
        this.root = root;
        this.type = type;
        this.control = root.resolve(CONTROL);
        for (int i = 0; i < shards.length; i++) {
            shards[i] = root.resolve(HexFormat.of().toHexDigits((byte) i));
        }
    }

    /** Where an entry is: its file name, the checksum of that, the number of its shard, its file. */
    record Place(String name, int checksum, int shard, Path file) {}

    /**
     * Makes the folder where there is none, and refuses one that can't become a store. Whether it is one already,
     * {@link #formatFile()} tells.
     */
    static StoreFolder prepare(Path path) throws IOException {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new IncompatibleStoreException(path + " is not a folder; name one in the connection string");
        }
        Files.createDirectories(path, Permissions.ofFolders(path));
        Path root = path.toRealPath();
        StoreFolder folder = new StoreFolder(root, Files.getFileStore(root).type());
        folder.refuseForeignShards();
        folder.warnOfOthers();
        return folder;
    }

    static void requireExisting(Path path) {
        if (!Files.exists(path.resolve(CONTROL).resolve(FORMAT))) {
            throw new InvalidConnectionStringException(
                    "there is no store at filesystem://" + path.toAbsolutePath().normalize() + "; check the path");
        }
    }

    /** Other things in the folder are no obstacle, unless they have the names of shards. */
    private void refuseForeignShards() throws IOException {
        long others = 0;
        for (String name : Folders.names(root)) {
            boolean shard = SHARD.matcher(name).matches();
            if (shard && !Folders.exists(formatFile())) {
                throw new IncompatibleStoreException(root + " is not a store and holds " + name
                        + ", which would be in its way; name another folder"
                        + (Files.exists(control) ? ", or restore " + formatFile() : ""));
            }
            others += shard || name.equals(CONTROL) ? 0 : 1;
        }
        if (others > 0) {
            System.getLogger(StoreFolder.class.getName())
                    .log(
                            System.Logger.Level.INFO,
                            "{0} holds {1} things that are not part of the store; they stay",
                            root,
                            others);
        }
    }

    /** What others may replace is still of use to those who trust them, as in a container, so it is not refused. */
    private void warnOfOthers() {
        Path open = Permissions.openToAll(root);
        if (open != null) {
            System.getLogger(StoreFolder.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "every user of this machine may write to {0}, and so put other things in place of the store"
                                    + " {1}; unless all are trusted, take that right away: chmod o-w",
                            open,
                            root);
        }
    }

    /** Makes the folders that are not for entries, unless they are there. */
    void makeControl() throws IOException {
        for (Path folder : List.of(control, markers(), expiryLogs())) {
            try {
                Folders.make(folder);
            } catch (FileAlreadyExistsException e) {
                throw new IncompatibleStoreException(folder + " is in the way of the store's own folder; remove it", e);
            }
        }
    }

    /** The type of the file system: {@code ext4}. */
    String type() {
        return type;
    }

    Path root() {
        return root;
    }

    Path control() {
        return control;
    }

    Path formatFile() {
        return control.resolve(FORMAT);
    }

    Path lockFile() {
        return control.resolve("lock");
    }

    /** Where a file tells of each backend that may have left temporary files. */
    Path markers() {
        return control.resolve("tmp");
    }

    Path expiryLogs() {
        return control.resolve("expiry");
    }

    Path shard(int number) {
        return shards[number];
    }

    /** The place of a key. */
    Place placeOf(String key) {
        return place(FileNames.of(key));
    }

    /** The place of a file name that some key has. */
    Place place(String name) {
        int checksum = FileNames.checksum(name);
        int shard = FileNames.shardOf(checksum);
        return new Place(name, checksum, shard, shards[shard].resolve(name));
    }

    /** Whether there is this shard. A link in its place, which would lead out of the store, is refused. */
    boolean hasShard(int number) throws IOException {
        if (genuine.get(number) == 1) {
            return true;
        }
        Path shard = shards[number];
        if (!Folders.exists(shard, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (!Files.isDirectory(shard, LinkOption.NOFOLLOW_LINKS)) {
            throw new StoreFailedException(shard + " is not a folder of its own, so the entries that belong there"
                    + " can't be used; put the folder back");
        }
        genuine.set(number, 1);
        return true;
    }

    void makeShard(int number) throws IOException {
        Folders.make(shards[number]);
    }
}
