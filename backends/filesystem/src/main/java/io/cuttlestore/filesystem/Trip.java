package io.cuttlestore.filesystem;

import io.cuttlestore.CorruptEntryException;
import io.cuttlestore.filesystem.StoreFolder.Place;
import io.cuttlestore.filesystem.TemporaryFiles.Draft;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.DeleteResult;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Operations;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.Stored;
import io.cuttlestore.spi.Touch;
import java.io.IOException;
import java.nio.file.Files;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The operations on entries, for one trip. Thread-safe. Where writes must survive a power cut, they do once the trip
 * has {@linkplain #end() ended}: the shards that they changed are brought onto the disk once each.
 */
@SuppressWarnings("try") // Locks are held, not looked at.
final class Trip implements Operations {
    private final OpenFolder open;
    private final BitSet changedShards = new BitSet();

    Trip(OpenFolder open) {
        this.open = open;
    }

    @Override
    public @Nullable Stored get(Get get) {
        Place place = open.folder().placeOf(get.key().stored());
        try {
            EntryFile entry = readUnlessMissing(get, place);
            return entry != null && open.folder().hasShard(place.shard()) && !entry.isExpired(open.now())
                    ? entry
                    : null;
        } catch (IOException e) {
            throw failure("read", get, e);
        }
    }

    @Override
    public boolean put(Put put) {
        Place place = open.folder().placeOf(put.key().stored());
        boolean blind =
                put.condition() == Condition.ALWAYS && put.expiry() != Expiry.KEEP && !FileNames.isHashed(place.name());
        try {
            return blind ? overwrite(put, place) : decide(put, place);
        } catch (IOException e) {
            throw failure("write", put, e);
        }
    }

    /** What is there doesn't matter, so all but the last step is done without the lock. */
    private boolean overwrite(Put put, Place place) throws IOException {
        long now = open.now();
        long deadline = put.expiry().deadline(now, Stored.NEVER);
        if (deadline <= now) {
            try (FolderLock.Held held = hold(place, put.deadline())) {
                remove(place);
            }
            return true;
        }
        try (Draft draft = open.temporaryFiles().write(entry(put, deadline), place.shard());
                FolderLock.Held held = hold(place, put.deadline())) {
            publish(draft, place, deadline, Stored.NEVER);
        }
        return true;
    }

    private boolean decide(Put put, Place place) throws IOException {
        try (FolderLock.Held held = hold(place, put.deadline())) {
            long now = open.now();
            EntryFile current = put.condition() == Condition.ALWAYS ? headIfReadable(put, place) : head(put, place);
            if (current != null && current.isExpired(now)) {
                current = null;
            }
            if (!holds(put.condition(), current)) {
                return false;
            }
            long kept = current == null ? Stored.NEVER : current.expiresAt();
            long deadline = put.expiry().deadline(now, kept);
            if (deadline <= now) {
                remove(place);
                return true;
            }
            try (Draft draft = open.temporaryFiles().write(entry(put, deadline), place.shard())) {
                publish(draft, place, deadline, kept);
            }
            return true;
        }
    }

    @Override
    public DeleteResult delete(Delete delete) {
        Place place = open.folder().placeOf(delete.key().stored());
        boolean blind = delete.condition() == Condition.ALWAYS && !delete.wantsOld();
        try {
            return Folders.exists(place.file()) ? delete(delete, place, blind) : DeleteResult.NONE;
        } catch (IOException e) {
            throw failure("delete", delete, e);
        }
    }

    private DeleteResult delete(Delete delete, Place place, boolean blind) throws IOException {
        try (FolderLock.Held held = hold(place, delete.deadline())) {
            EntryFile current;
            if (blind) {
                current = headIfReadable(delete, place);
            } else {
                current = delete.wantsOld() ? whole(delete, place) : head(delete, place);
            }
            boolean live = current != null && !current.isExpired(open.now());
            if (blind || (live && holds(delete.condition(), current))) {
                remove(place);
                return live ? new DeleteResult(true, delete.wantsOld() ? current : null) : DeleteResult.NONE;
            }
            return DeleteResult.NONE;
        }
    }

    @Override
    public boolean touch(Touch touch) {
        Place place = open.folder().placeOf(touch.key().stored());
        try (FolderLock.Held held = hold(place, touch.deadline())) {
            long now = open.now();
            EntryFile current = whole(touch, place);
            if (current == null || current.isExpired(now)) {
                return false;
            }
            long deadline = touch.expiry().deadline(now, current.expiresAt());
            if (deadline <= now) {
                remove(place);
            } else if (deadline != current.expiresAt()) {
                try (Draft draft = open.temporaryFiles().write(current.withDeadline(deadline), place.shard())) {
                    publish(draft, place, deadline, current.expiresAt());
                }
            }
            return true;
        } catch (IOException e) {
            throw failure("touch", touch, e);
        }
    }

    /** Removes an entry if it still has the deadline, which has passed; tells whether it did. */
    boolean removeExpired(String name, long deadline, Deadline patience) {
        Place place = open.folder().place(name);
        try {
            if (!hasDeadline(place, deadline)) {
                return false;
            }
            try (FolderLock.Held held = hold(place, patience)) {
                return hasDeadline(place, deadline) && Files.deleteIfExists(place.file());
            }
        } catch (IOException e) {
            throw Failures.of("remove the expired entry " + name, open.folder().root(), e);
        }
    }

    private boolean hasDeadline(Place place, long deadline) throws IOException {
        try {
            EntryFile entry = EntryFile.readHead(place.file());
            return entry != null
                    && entry.expiresAt() == deadline
                    && open.folder().hasShard(place.shard());
        } catch (CorruptEntryException leftInPlace) {
            return false;
        }
    }

    /** Brings the changed shards onto the disk, where that was asked for; after all operations. */
    void end() throws IOException {
        open.syncShards(changedShards);
    }

    private FolderLock.Held hold(Place place, Deadline deadline) throws IOException {
        return open.hold(place.shard(), deadline);
    }

    private static EntryFile entry(Put put, long deadline) {
        return EntryFile.of(put.key().utf8(), put.payload().bytes(), Versions.next(), deadline);
    }

    private static @Nullable EntryFile whole(Command<?> command, Place place) throws IOException {
        return requireKey(EntryFile.read(place.file()), command, place);
    }

    private static @Nullable EntryFile head(Command<?> command, Place place) throws IOException {
        return requireKey(EntryFile.readHead(place.file()), command, place);
    }

    /** Looks for the file first where that is likely to be all. A disk that does not answer then has no file. */
    private @Nullable EntryFile readUnlessMissing(Get get, Place place) throws IOException {
        LikelyMissing likelyMissing = open.likelyMissing();
        if (likelyMissing.guess(place) && !Files.exists(place.file())) {
            return null;
        }
        EntryFile entry = get.want() == Get.Want.EXISTENCE ? head(get, place) : whole(get, place);
        likelyMissing.note(place, entry == null);
        return entry;
    }

    /** For writes that act on whatever is there, except on the entry of another key. */
    private @Nullable EntryFile headIfReadable(Command<?> command, Place place) throws IOException {
        EntryFile entry;
        try {
            entry = EntryFile.readHead(place.file());
        } catch (CorruptEntryException replaceable) {
            return null;
        }
        return FileNames.isHashed(place.name()) ? requireKey(entry, command, place) : entry;
    }

    private static @Nullable EntryFile requireKey(@Nullable EntryFile entry, Command<?> command, Place place) {
        if (entry != null && !entry.hasKey(command.key().utf8())) {
            throw new CorruptEntryException("the file " + place.file() + " holds the entry of another key than '"
                    + command.key() + "'; it is left as it is");
        }
        return entry;
    }

    private static boolean holds(Condition condition, @Nullable EntryFile live) {
        if (condition instanceof Condition.IfVersion wanted) {
            return live != null && live.version().equals(wanted.token());
        }
        return condition != Condition.IF_ABSENT || live == null;
    }

    /** The log knows about the deadline of the entry that is replaced. */
    private void publish(Draft draft, Place place, long deadline, long replaced) throws IOException {
        if (deadline != Stored.NEVER && deadline != replaced) {
            open.expiryLog().add(deadline, place.name(), open.now());
        }
        draft.publish(place.file());
        open.likelyMissing().note(place, false);
        noteChange(place);
    }

    private void remove(Place place) throws IOException {
        if (open.folder().hasShard(place.shard()) && Files.deleteIfExists(place.file())) {
            noteChange(place);
        }
    }

    private void noteChange(Place place) {
        synchronized (changedShards) {
            changedShards.set(place.shard());
        }
    }

    private RuntimeException failure(String tried, Command<?> command, IOException e) {
        return Failures.of(tried + " '" + command.key() + "'", open.folder().root(), e);
    }
}
