package io.cuttlestore.rocksdb;

import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.DeleteResult;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Key;
import io.cuttlestore.spi.Operations;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Stored;
import io.cuttlestore.spi.Touch;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Changes that RocksDB will make as one. Commands see those of the commands before them. One that fails has changed nothing.
 *
 * <p>Used while nobody else writes, so that what is read stays true until it is written.
 */
final class Batch implements Operations, AutoCloseable {
    private final Database database;
    private final String location;
    private final long now;
    private final WriteBatch changes = new WriteBatch();
    private final Map<Key, Optional<Row>> changed = new HashMap<>();

    Batch(Database database, String location, long now) {
        this.database = database;
        this.location = location;
        this.now = now;
    }

    @Override
    public @Nullable Stored get(Get get) {
        return Reads.live(get.key(), find(get.key(), database::row), now);
    }

    @Override
    public boolean put(Put put) {
        Key key = put.key();
        boolean whatever = put.condition() == Condition.ALWAYS;
        boolean blindly = whatever && put.expiry() != Expiry.KEEP && !database.hasDeadlines();
        Row old = blindly ? null : find(key, database::head);
        Row live = whatever ? Row.ifLive(old, now) : Reads.live(key, old, now);
        if (!holds(put.condition(), live)) {
            return false;
        }
        long deadline = put.expiry().deadline(now, live == null ? Stored.NEVER : live.expiresAt());
        change(key, old, Row.of(put.payload(), deadline));
        return true;
    }

    @Override
    public DeleteResult delete(Delete delete) {
        Key key = delete.key();
        boolean whatever = delete.condition() == Condition.ALWAYS && !delete.wantsOld();
        Row old = find(key, delete.wantsOld() ? database::row : database::head);
        Row live = whatever ? Row.ifLive(old, now) : Reads.live(key, old, now);
        if (old == null || !holds(delete.condition(), live)) {
            return DeleteResult.NONE;
        }
        change(key, old, null);
        if (live == null) {
            return DeleteResult.NONE;
        }
        return delete.wantsOld() ? new DeleteResult(true, live) : DeleteResult.DELETED;
    }

    @Override
    public boolean touch(Touch touch) {
        Row live = Reads.live(touch.key(), find(touch.key(), database::row), now);
        if (live == null) {
            return false;
        }
        change(touch.key(), live, live.withDeadline(touch.expiry().deadline(now, live.expiresAt())));
        return true;
    }

    private static boolean holds(Condition condition, @Nullable Row live) {
        if (condition instanceof Condition.IfVersion seen) {
            return live != null && live.ver() == Versions.parse(seen.token());
        }
        return condition == Condition.ALWAYS || live == null;
    }

    /** Reads a record, or its head. */
    @FunctionalInterface
    private interface Read {
        @Nullable
        Row of(byte[] key) throws RocksDBException;
    }

    private @Nullable Row find(Key key, Read read) {
        Optional<Row> left = changed.get(key);
        if (left != null) {
            return left.orElse(null);
        }
        try {
            return read.of(key.utf8());
        } catch (RocksDBException e) {
            throw RocksDbFailures.reading(location, e);
        }
    }

    private void change(Key key, @Nullable Row old, @Nullable Row row) {
        try {
            change(key.utf8(), old, row);
        } catch (RocksDBException e) {
            throw RocksDbFailures.writing(location, e);
        }
        changed.put(key, Optional.ofNullable(row));
    }

    private void change(byte[] key, @Nullable Row old, @Nullable Row row) throws RocksDBException {
        if (old != null && old.expiresAt() != Row.NEVER) {
            database.deleteDeadline(changes, key, old.expiresAt());
        }
        if (row == null) {
            database.delete(changes, key);
        } else {
            database.put(changes, key, row);
        }
    }

    /**
     * Deletes a page of a prefix, up to the key that was the last when the clearing began: otherwise a writer that is faster
     * could keep it going for ever.
     *
     * @return where to go on, or {@code null} at the end
     */
    @Nullable
    String clear(ScanRequest request) {
        try {
            KeyRange all = KeyRange.of(request, null);
            String cursor = request.cursor();
            String end = cursor == null ? end(all) : cursor.substring(0, dot(cursor));
            if (end == null) {
                return null;
            }
            KeyRange rest = cursor == null ? all : KeyRange.of(request, cursor.substring(dot(cursor) + 1));
            String next = clear(rest.upTo(end), request.pageSize());
            return next == null ? null : end + "." + next;
        } catch (RocksDBException e) {
            throw RocksDbFailures.reading(location, e);
        }
    }

    private static int dot(String cursor) {
        int dot = cursor.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("the cursor does not come from this store");
        }
        return dot;
    }

    private @Nullable String end(KeyRange range) throws RocksDBException {
        try (Records records = database.entries(range)) {
            records.toLast();
            return records.isAtOne() ? KeyRange.positionBehind(records.key()) : null;
        }
    }

    private @Nullable String clear(KeyRange range, int size) throws RocksDBException {
        try (Records records = database.entries(range)) {
            for (int visited = 1; records.isAtOne(); records.next(), visited++) {
                byte[] key = records.key();
                Row row = records.head();
                if (Reads.isEntry(key, row)) {
                    change(key, row, null);
                }
                if (visited == size) {
                    return KeyRange.positionBehind(key);
                }
            }
            return null;
        }
    }

    /** Deletes up to {@code max} of the entries that have expired, those first that have so longest; returns how many. */
    int deleteExpired(int max) {
        int visited = 0;
        byte[] last = null;
        try (Records expired = database.expired(now)) {
            for (; visited < max && expired.isAtOne(); expired.next(), visited++) {
                last = expired.key();
                deleteIfExpired(ExpiryKey.key(last), ExpiryKey.deadline(last));
            }
            if (last != null) {
                database.deleteDeadlinesUpTo(changes, last);
            }
            return visited;
        } catch (RocksDBException e) {
            throw RocksDbFailures.reading(location, e);
        }
    }

    private void deleteIfExpired(byte[] key, long deadline) throws RocksDBException {
        Row row = database.head(key);
        if (row != null && row.expiresAt() == deadline) {
            database.delete(changes, key);
        }
    }

    /**
     * Makes the changes, if there are any.
     *
     * @param sync whether to wait for the disk
     */
    void write(boolean sync) {
        try {
            if (changes.count() > 0) {
                database.write(changes, sync);
            }
        } catch (RocksDBException e) {
            throw RocksDbFailures.writing(location, e);
        }
    }

    @Override
    public void close() {
        changes.close();
    }
}
