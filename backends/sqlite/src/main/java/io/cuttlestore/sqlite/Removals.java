package io.cuttlestore.sqlite;

import io.cuttlestore.spi.ScanRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements that delete many rows, a bounded number at a time. */
final class Removals {
    /** Looks at the row again, since the index may be damaged. */
    static final String DELETE_EXPIRED = "DELETE FROM entry WHERE rowid IN (SELECT rowid FROM entry WHERE exp < "
            + Schema.NEVER + " AND exp <= ?1 AND exp " + Deadlines.IS_WHOLE + " ORDER BY exp LIMIT ?2)"
            + " AND +exp <= ?1 AND +exp " + Deadlines.IS_WHOLE;

    private static final String NEWEST = "SELECT max(rowid) FROM entry";
    static final String OLDER_IN_RANGE =
            "SELECT k, rowid FROM entry WHERE k >= ?1 AND k < ?2 AND +rowid < ?3 ORDER BY k LIMIT ?4";
    private static final String ROW_IN_RANGE = "SELECT k FROM entry WHERE rowid = ?3 AND +k >= ?1 AND +k < ?2";
    private static final String DELETE_ROW = "DELETE FROM entry WHERE rowid = ?1";

    private Removals() {}

    /** Deletes up to {@code max} of the rows that have expired, those first that have so longest. */
    static int deleteExpired(Session session, int max, long now) throws SQLException {
        return session.update(DELETE_EXPIRED, List.of(Deadlines.toStored(now), max));
    }

    /**
     * Deletes a page of a prefix; returns where to go on, or {@code null} at the end.
     *
     * <p>Visits the rows that were there at the first page: rows made later have greater ids as long as the row that was
     * the newest then is kept, so that one goes last. Otherwise a writer that is faster could keep the clearing going for
     * ever.
     */
    static @Nullable String clear(Session session, ScanRequest request) throws SQLException {
        String cursor = request.cursor() == null ? newest(session) + "." : request.cursor();
        int dot = cursor.indexOf('.');
        if (dot < 0) {
            throw new IllegalArgumentException("the cursor does not come from this store");
        }
        long newest = Long.parseLong(cursor.substring(0, dot));
        String lastKey = dot == cursor.length() - 1 ? null : cursor.substring(dot + 1);
        String next = deleteOlder(session, KeyRange.of(request, lastKey), newest, request.pageSize());
        if (next != null) {
            return newest + "." + next;
        }
        deleteNewest(session, KeyRange.of(request, null), newest);
        return null;
    }

    private static long newest(Session session) throws SQLException {
        try (ResultSet row = session.query(NEWEST)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Deletes a page of the rows made before the newest; returns the position behind it, if it is full. */
    private static @Nullable String deleteOlder(Session session, KeyRange range, long newest, int size)
            throws SQLException {
        List<List<@Nullable Object>> ids = new ArrayList<>();
        byte[] last = null;
        int rows = 0;
        try (ResultSet row = session.query(OLDER_IN_RANGE, range.from(), range.to(), newest, size)) {
            while (row.next()) {
                rows++;
                last = row.getBytes(1);
                if (Queries.keyOf(last) != null) {
                    ids.add(List.of(row.getLong(2)));
                }
            }
        }
        if (!ids.isEmpty()) {
            session.updateAll(DELETE_ROW, ids);
        }
        return last != null && rows == size ? range.positionBehind(last) : null;
    }

    private static void deleteNewest(Session session, KeyRange range, long newest) throws SQLException {
        boolean isEntry;
        try (ResultSet row = session.query(ROW_IN_RANGE, range.from(), range.to(), newest)) {
            isEntry = row.next() && Queries.keyOf(row.getBytes(1)) != null;
        }
        if (isEntry) {
            session.update(DELETE_ROW, List.of(newest));
        }
    }
}
