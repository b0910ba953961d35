package io.cuttlestore.filesystem;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Entries that are written and not yet published, each in a file {@code SLOT-NUMBER}. Thread-safe. */
final class TemporaryFiles {
    private static final Pattern NAME = Pattern.compile("(" + Slot.PATTERN + ")-[0-9a-f]+");
    private static final Set<OpenOption> CREATE = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

    private final Path folder;
    private final Slot slot;
    private final boolean synced;
    private final AtomicLong written = new AtomicLong();

    /** @param synced whether an entry must be on the disk before it is published */
    TemporaryFiles(Path folder, Slot slot, boolean synced) {
        this.folder = folder;
        this.slot = slot;
        this.synced = synced;
    }

    /** An entry that is written and goes away unless it is published. */
    static final class Draft implements AutoCloseable {
        private final Path file;
        private boolean published;

        private Draft(Path file) {
            this.file = file;
        }

        /** Puts the entry in place of whatever the target was, in one step; only a folder with contents stays. */
        void publish(Path target) throws IOException {
            try {
                Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                    throw e;
                }
                Files.delete(target);
                Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
            }
            published = true;
        }

        @Override
        public void close() throws IOException {
            if (!published) {
                Files.deleteIfExists(file);
            }
        }
    }

    Draft write(EntryFile entry) throws IOException {
        return Uninterrupted.run(() -> {
            Path file = folder.resolve(slot.name() + "-" + Long.toHexString(written.incrementAndGet()));
            try (FileChannel channel = FileChannel.open(file, CREATE, Permissions.ofFiles(folder))) {
                entry.writeTo(channel);
                if (synced) {
                    channel.force(true);
                }
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(file);
                throw e;
            }
            return new Draft(file);
        });
    }

    /** Deletes what ended processes have left. */
    void clean() throws IOException {
        for (String file : Folders.names(folder)) {
            Matcher name = NAME.matcher(file);
            if (name.matches() && !name.group(1).equals(slot.name())) {
                deleteIfAbandoned(folder.resolve(file), name.group(1));
            }
        }
    }

    private void deleteIfAbandoned(Path file, String owner) throws IOException {
        try (FileLock inherited = slot.tryInherit(owner)) {
            if (inherited != null) {
                Files.deleteIfExists(file);
            }
        }
    }
}
