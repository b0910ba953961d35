package io.cuttlestore.sqlite;

import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.Stored;
import io.cuttlestore.spi.Touch;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one statement that carries out a write, its condition and all. It changes one row, or none if the condition does
 * not hold.
 *
 * @param sql one of few, so that changes of one kind share a prepared statement
 * @param parameters what stands for {@code ?1}, {@code ?2}, ... in it
 */
record Change(String sql, List<@Nullable Object> parameters) {
    private static final String UPSERT = "INSERT INTO entry (k, ver, exp, v) VALUES (?1, ?2, ?3, ?4)"
            + " ON CONFLICT (k) DO UPDATE SET ver = excluded.ver, v = excluded.v, exp = ";
    private static final String PUT = UPSERT + "excluded.exp";
    private static final String PUT_KEEPING = UPSERT + "iif(entry.exp > ?5, entry.exp, excluded.exp)";
    private static final String PUT_IF_ABSENT =
            UPSERT + "excluded.exp WHERE entry.exp <= ?5 AND entry.exp " + Deadlines.IS_WHOLE;
    private static final String REPLACE =
            "UPDATE entry SET ver = ?1, v = ?2, exp = ?3 WHERE k = ?4 AND ver = ?5 AND exp > ?6";
    private static final String REPLACE_KEEPING =
            "UPDATE entry SET ver = ?1, v = ?2 WHERE k = ?3 AND ver = ?4 AND exp > ?5";
    private static final String DELETE = "DELETE FROM entry WHERE k = ?1 AND " + Queries.isThere("?2");
    private static final String DELETE_VERSION = "DELETE FROM entry WHERE k = ?1 AND ver = ?2 AND exp > ?3";
    private static final String TOUCH = "UPDATE entry SET exp = ?1 WHERE k = ?2 AND exp > ?3";

    /** Whether one statement that returns nothing carries the command out. */
    static boolean canCarryOut(Command<?> command) {
        return command.isWrite() && !(command instanceof Delete delete && delete.wantsOld());
    }

    /** What carries out a write at this time, in epoch milliseconds; the old value of a delete is not returned. */
    static Change of(Command<?> write, long now) {
        byte[] key = write.key().utf8();
        long live = Deadlines.toStored(now);
        if (write instanceof Put put) {
            return put(put, key, now, live);
        }
        if (write instanceof Touch touch) {
            return change(TOUCH, deadline(touch.expiry(), now), key, live);
        }
        if (write instanceof Delete delete) {
            return delete.condition() instanceof Condition.IfVersion seen
                    ? change(DELETE_VERSION, key, Versions.parse(seen.token()), live)
                    : change(DELETE, key, live);
        }
        throw new IllegalArgumentException("not a write: " + write.getClass());
    }

    private static Change put(Put put, byte[] key, long now, long live) {
        byte[] value = put.payload().bytes();
        long ver = Versions.next(key, value);
        boolean keeps = put.expiry() == Expiry.KEEP;
        long exp = deadline(put.expiry(), now);
        if (put.condition() instanceof Condition.IfVersion seen) {
            Long version = Versions.parse(seen.token());
            return keeps
                    ? change(REPLACE_KEEPING, ver, value, key, version, live)
                    : change(REPLACE, ver, value, exp, key, version, live);
        }
        if (put.condition() == Condition.IF_ABSENT) {
            return change(PUT_IF_ABSENT, key, ver, exp, value, live);
        }
        return keeps ? change(PUT_KEEPING, key, ver, exp, value, live) : change(PUT, key, ver, exp, value);
    }

    private static Change change(String sql, @Nullable Object... parameters) {
        return new Change(sql, Arrays.asList(parameters));
    }

    private static long deadline(Expiry expiry, long now) {
        return Deadlines.toStored(expiry.deadline(now, Stored.NEVER));
    }

    /** Carries the change out; replies whether the condition held. */
    boolean on(Session session) throws SQLException {
        return session.update(sql, parameters) == 1;
    }
}
