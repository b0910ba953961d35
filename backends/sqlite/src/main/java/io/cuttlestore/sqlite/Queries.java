package io.cuttlestore.sqlite;

import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.DeleteResult;
import io.cuttlestore.spi.Get;
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

/** The statements that return entries. An expired row is not one. */
final class Queries {

    private static final String ONE = " FROM entry WHERE k = ?1 AND exp > ?2";
    private static final String EXISTENCE = "SELECT 1" + ONE;
    private static final String VALUE = "SELECT v" + ONE;
    private static final String ENTRY = "SELECT v, ver, exp" + ONE;
    private static final String TAKE = "DELETE FROM entry WHERE k = ?1 AND exp > ?2 RETURNING v, ver, exp";
    private static final String TAKE_VERSION =
            "DELETE FROM entry WHERE k = ?1 AND exp > ?2 AND ver = ?3 RETURNING v, ver, exp";
    private static final String IN_RANGE = " FROM entry WHERE k >= ?1 AND k < ?2 AND exp > ?3 ORDER BY k LIMIT ?4";
    static final String PAGE_OF_ENTRIES = "SELECT v, ver, exp, k" + IN_RANGE;
    static final String PAGE_OF_KEYS = "SELECT k" + IN_RANGE;

    private static final long LARGE_PAGE_BYTES = 4L << 20;
    private static final char REPLACEMENT = '\uFFFD'; // what stands for bytes that are not UTF-8

    private Queries() {}

    /** Reads as much of an entry as is wanted. */
    static @Nullable Stored get(Session session, Get get, long now) throws SQLException {
        String sql = switch (get.want()) {
            case EXISTENCE -> EXISTENCE;
            case VALUE -> VALUE;
            case ENTRY -> ENTRY;
        };
        try (ResultSet row = session.query(sql, get.key().utf8(), Deadlines.toMicros(now))) {
            return row.next() ? wanted(get.want(), row, 1) : null;
        }
    }

    /** As much of an entry as is wanted, from the columns {@code v, ver, exp}, of which the first has this number. */
    static Stored wanted(Get.Want want, ResultSet row, int first) throws SQLException {
        return switch (want) {
            case EXISTENCE -> Stored.present();
            case VALUE -> Stored.ofPayload(Payload.of(row.getBytes(first)));
            case ENTRY -> entry(row, first);
        };
    }

    /** Deletes an entry and returns what it was. */
    static DeleteResult take(Session session, Delete delete, long now) throws SQLException {
        byte[] key = delete.key().utf8();
        long live = Deadlines.toMicros(now);
        try (ResultSet row = delete.condition() instanceof Condition.IfVersion seen
                ? session.query(TAKE_VERSION, key, live, Versions.parse(seen.token()))
                : session.query(TAKE, key, live)) {
            if (!row.next()) {
                return DeleteResult.NONE;
            }
            DeleteResult taken = new DeleteResult(true, entry(row, 1));
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
                session.query(sql, range.from(), range.to(), Deadlines.toMicros(now), request.pageSize())) {
            while (bytes < LARGE_PAGE_BYTES && row.next()) {
                last = row.getBytes(keyColumn);
                rows++;
                String key = keyOf(last);
                if (key != null) {
                    Stored stored = request.keysOnly() ? Stored.present() : entry(row, 1);
                    entries.add(new ScanEntry(key, stored));
                    bytes += last.length + stored.payload().bytes().length;
                }
            }
        }
        boolean isFull = rows == request.pageSize() || bytes >= LARGE_PAGE_BYTES;
        return new ScanPage(entries, last != null && isFull ? KeyRange.positionOf(last) : null);
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

    private static Stored entry(ResultSet row, int first) throws SQLException {
        return new Row(
                Payload.of(row.getBytes(first)), row.getLong(first + 1), Deadlines.toMillis(row.getLong(first + 2)));
    }

    private record Row(Payload payload, long ver, long expiresAt) implements Stored {
        @Override
        public String version() {
            return Versions.token(ver);
        }
    }
}
