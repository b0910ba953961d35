package io.cuttlestore.sqlite;

import io.cuttlestore.CorruptEntryException;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.DeleteResult;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Key;
import io.cuttlestore.spi.Payload;
import io.cuttlestore.spi.ScanEntry;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Stored;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements that return entries. An expired row is not one, and a damaged one is an error. */
final class Queries {
    /** The columns of a value that can be checked: a damaged deadline stands for the version, too. */
    static final String VALUE_COLUMNS = "v, iif(exp " + Deadlines.IS_WHOLE + ", ver, NULL)";

    static final String ENTRY_COLUMNS = VALUE_COLUMNS + ", exp";

    private static final String ONE = " FROM entry WHERE k = ?1 AND " + isThere("?2");
    private static final String EXISTENCE = "SELECT 1" + ONE;
    private static final String VALUE = "SELECT " + VALUE_COLUMNS + ONE;
    private static final String ENTRY = "SELECT " + ENTRY_COLUMNS + ONE;
    private static final String TAKE = "DELETE" + ONE + " RETURNING " + ENTRY_COLUMNS;
    private static final String TAKE_VERSION = "DELETE" + ONE + " AND ver = ?3 RETURNING " + ENTRY_COLUMNS;
    private static final String IN_RANGE =
            " FROM entry WHERE k >= ?1 AND k < ?2 AND " + isThere("?3") + " ORDER BY k LIMIT ?4";
    static final String PAGE_OF_ENTRIES = "SELECT " + ENTRY_COLUMNS + ", k" + IN_RANGE;
    static final String PAGE_OF_KEYS = "SELECT k" + IN_RANGE;

    private static final byte[] NOTHING = {};
    private static final long LARGE_PAGE_BYTES = 4L << 20;
    private static final char REPLACEMENT = '\uFFFD'; // what stands for bytes that are not UTF-8

    private Queries() {}

    /** The condition that a row has not expired, or may not have, since its deadline is damaged. */
    static String isThere(String now) {
        return "(exp > " + now + " OR NOT exp " + Deadlines.IS_WHOLE + ")";
    }

    /** Reads as much of an entry as is wanted. */
    static @Nullable Stored get(Session session, Get get, long now) throws SQLException {
        String sql = switch (get.want()) {
            case EXISTENCE -> EXISTENCE;
            case VALUE -> VALUE;
            case ENTRY -> ENTRY;
        };
        try (ResultSet row = session.query(sql, get.key().utf8(), Deadlines.toStored(now))) {
            return row.next() ? wanted(get, row, 1) : null;
        }
    }

    /** As much of an entry as is wanted, from the columns for that, of which the first has this number. */
    static Stored wanted(Get get, ResultSet row, int first) throws SQLException {
        return switch (get.want()) {
            case EXISTENCE -> Stored.present();
            case VALUE -> Stored.ofPayload(Payload.of(value(get.key(), row, first)));
            case ENTRY -> entry(get.key(), row, first);
        };
    }

    private static byte[] value(Key key, ResultSet row, int first) throws SQLException {
        byte[] value = bytes(row, first);
        if (!Versions.fits(row.getLong(first + 1), key.utf8(), value)) {
            throw new CorruptEntryException(
                    "the row of '" + key + "' is damaged: its key, value, version and deadline do"
                            + " not fit each other; it is left as it is until its key is put or deleted");
        }
        return value;
    }

    /** Deletes an entry and returns what it was; in a transaction, since it throws if it can't be read. */
    static DeleteResult take(Session session, Delete delete, long now) throws SQLException {
        byte[] key = delete.key().utf8();
        long live = Deadlines.toStored(now);
        try (ResultSet row = delete.condition() instanceof Condition.IfVersion seen
                ? session.query(TAKE_VERSION, key, live, Versions.parse(seen.token()))
                : session.query(TAKE, key, live)) {
            if (!row.next()) {
                return DeleteResult.NONE;
            }
            DeleteResult taken = new DeleteResult(true, entry(delete.key(), row, 1));
            row.next(); // the statement counts only once it has run to its end
            return taken;
        }
    }

    /** Reads a page of a scan, which ends early when it has become large. */
    static ScanPage page(Session session, ScanRequest request, long now) throws SQLException {
        KeyRange range = KeyRange.of(request, request.cursor());
        List<ScanEntry> entries = new ArrayList<>();
        byte[] last = null;
        int rows = 0;
        long bytes = 0;
        String sql = request.keysOnly() ? PAGE_OF_KEYS : PAGE_OF_ENTRIES;
        int keyColumn = request.keysOnly() ? 1 : 4;
        try (ResultSet row =
                session.query(sql, range.from(), range.to(), Deadlines.toStored(now), request.pageSize())) {
            while (bytes < LARGE_PAGE_BYTES && row.next()) {
                last = bytes(row, keyColumn);
                rows++;
                String key = keyOf(last);
                Stored stored = key == null ? null : request.keysOnly() ? Stored.present() : entryIfWhole(last, row);
                if (key != null && stored != null) {
                    entries.add(new ScanEntry(key, stored));
                    bytes += last.length + stored.payload().bytes().length;
                }
            }
        }
        boolean isFull = rows == request.pageSize() || bytes >= LARGE_PAGE_BYTES;
        return new ScanPage(entries, last != null && isFull ? range.positionBehind(last) : null);
    }

    /** The stored key of a row; {@code null}, with a warning, if the row is not one that we wrote. */
    static @Nullable String keyOf(byte[] k) {
        String key = new String(k, StandardCharsets.UTF_8);
        if (key.indexOf(REPLACEMENT) < 0 || Arrays.equals(key.getBytes(StandardCharsets.UTF_8), k)) {
            return key;
        }
        System.getLogger(Queries.class.getName())
                .log(Level.WARNING, "skipped a row whose key is not UTF-8: x''{0}''", KeyRange.positionOf(k));
        return null;
    }

    /** The entry that a scan has come to; {@code null}, with a warning, if it is damaged. */
    private static @Nullable Stored entryIfWhole(byte[] k, ResultSet row) throws SQLException {
        byte[] value = bytes(row, 1);
        if (Versions.fits(row.getLong(2), k, value)) {
            return entry(value, row, 1);
        }
        System.getLogger(Queries.class.getName())
                .log(Level.WARNING, "skipped a damaged row, whose key is x''{0}''", KeyRange.positionOf(k));
        return null;
    }

    private static Stored entry(Key key, ResultSet row, int first) throws SQLException {
        return entry(value(key, row, first), row, first);
    }

    /** What a column holds; nothing also where damage has made it {@code NULL}. */
    private static byte[] bytes(ResultSet row, int column) throws SQLException {
        byte[] bytes = row.getBytes(column);
        return bytes == null ? NOTHING : bytes;
    }

    private static Stored entry(byte[] value, ResultSet row, int first) throws SQLException {
        return new Row(Payload.of(value), row.getLong(first + 1), Deadlines.toMillis(row.getLong(first + 2)));
    }

    private record Row(Payload payload, long ver, long expiresAt) implements Stored {
        @Override
        public String version() {
            return Versions.token(ver);
        }
    }
}
