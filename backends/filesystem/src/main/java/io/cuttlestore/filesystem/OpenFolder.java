package io.cuttlestore.filesystem;

import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.OpenContext;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicIntegerArray;

/** A folder with what a backend keeps open while it uses it. Thread-safe. */
final class OpenFolder implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(2_800);

    private final StoreFolder folder;
    private final InstantSource clock;
    private final boolean survivesPowerCut;
    private final Gate gate;
    private final FolderLock lock;
    private final String id;
    private final Slot slot;
    private final TemporaryFiles temporaryFiles;
    private final ExpiryLog expiryLog;
    private final LikelyMissing likelyMissing = new LikelyMissing();
    private final DiskThreads diskThreads = new DiskThreads();
    private final AtomicIntegerArray syncedShards = new AtomicIntegerArray(FolderLock.SHARDS);

    private OpenFolder(StoreFolder folder, OpenContext context, boolean survivesPowerCut) throws IOException {
        this.folder = folder;
        this.clock = context.clientClock();
        this.survivesPowerCut = survivesPowerCut;
        this.gate = new Gate(location());
        String known = FormatFile.read(folder.formatFile());
        folder.makeControl();
        this.lock = FolderLock.share(folder.lockFile());
        try {
            this.id = known == null ? makeStore(Deadline.after(context.timeout())) : known;
            if (survivesPowerCut) {
                Folders.force(folder.control());
                Folders.force(folder.root());
            }
            this.slot = Slot.take(lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
        this.temporaryFiles = new TemporaryFiles(folder, slot, survivesPowerCut);
        this.expiryLog = new ExpiryLog(folder.expiryLogs(), slot);
    }

    /** Opens a folder, as a new store if it is none yet. */
    static OpenFolder open(StoreFolder folder, OpenContext context, boolean survivesPowerCut) throws IOException {
        return new OpenFolder(folder, context, survivesPowerCut);
    }

    /** Of several processes that open a new folder at once, one makes the store. */
    @SuppressWarnings("try") // The lock is held, not looked at.
    private String makeStore(Deadline deadline) throws IOException {
        try (FolderLock.Held held = lock.hold(FolderLock.MAKING, deadline, gate)) {
            String made = FormatFile.read(folder.formatFile());
            if (made != null) {
                return made;
            }
            return FormatFile.make(folder.formatFile());
        }
    }

    String location() {
        return "filesystem://" + folder.root();
    }

    String id() {
        return id;
    }

    StoreFolder folder() {
        return folder;
    }

    LikelyMissing likelyMissing() {
        return likelyMissing;
    }

    TemporaryFiles temporaryFiles() {
        return temporaryFiles;
    }

    ExpiryLog expiryLog() {
        return expiryLog;
    }

    DiskThreads diskThreads() {
        return diskThreads;
    }

    boolean survivesPowerCut() {
        return survivesPowerCut;
    }

    /**
     * Brings the names in these shards onto the disk, if writes must survive a power cut. When one is new to this backend
     * its own name is brought there too, whoever made it.
     */
    void syncShards(BitSet shards) throws IOException {
        if (!survivesPowerCut) {
            return;
        }
        if (shards.stream().anyMatch(shard -> syncedShards.get(shard) == 0)) {
            Folders.force(folder.root());
            shards.stream().forEach(shard -> syncedShards.set(shard, 1));
        }
        diskThreads.forEach(shards.stream().boxed().toList(), shard -> Folders.force(folder.shard(shard)));
    }

    /** The time in epoch milliseconds. */
    long now() {
        return clock.millis();
    }

    FolderLock.Held hold(int shard, Deadline deadline) throws IOException {
        return lock.hold(shard, deadline, gate);
    }

    /** @throws StoreUnavailableException if the folder is no longer this store */
    void ping() throws IOException {
        if (!id.equals(FormatFile.read(folder.formatFile()))) {
            throw new StoreUnavailableException(
                    folder.root() + " no longer holds the store that was opened; mount or restore it");
        }
    }

    /** Begins a call; {@link #leave()} ends it. */
    void enter() {
        gate.enter();
    }

    void leave() {
        gate.leave();
    }

    /** What calls under way stand on is not taken from under them, even if they are stuck: better a handle is left. */
    @Override
    public void close() {
        if (!gate.close()) {
            return;
        }
        if (!gate.awaitEmpty(PATIENCE)) {
            System.getLogger(OpenFolder.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "{0} is closed, but calls did not end within {1}; its locks stay until the process ends",
                            location(),
                            PATIENCE);
            return;
        }
        try (lock;
                slot;
                temporaryFiles;
                expiryLog;
                diskThreads) {
            // Closed from the last to the first, all of them even if one fails
        } catch (IOException e) {
            System.getLogger(OpenFolder.class.getName())
                    .log(System.Logger.Level.WARNING, location() + " could not be closed properly", e);
        }
    }
}
