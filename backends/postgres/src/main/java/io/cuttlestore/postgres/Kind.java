package io.cuttlestore.postgres;

import static io.cuttlestore.postgres.Column.AT;
import static io.cuttlestore.postgres.Column.K;
import static io.cuttlestore.postgres.Column.RELATIVE;
import static io.cuttlestore.postgres.Column.SEEN;
import static io.cuttlestore.postgres.Column.V;
import static io.cuttlestore.postgres.Column.VER;

import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Put;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Commands that one statement carries out, one or many of them, each on a key of its own: conditions and all, in one trip
 * and one transaction. The statement returns the rows that were read or changed. It comes to rows in the order of their
 * keys, so that no two of them wait for each other in a circle.
 */
enum Kind {
    EXISTENCE("SELECT k" + Sql.OF_LIVE, K),
    VALUE("SELECT k, v" + Sql.OF_LIVE, K),
    ENTRY("SELECT k, v, ver, exp" + Sql.OF_LIVE, K),
    PUT(Sql.PUT + "excluded.exp RETURNING e.k", K, VER, V, AT, RELATIVE),
    PUT_KEEPING(
            Sql.PUT + "CASE WHEN e.exp > " + Sql.NOW + " THEN e.exp ELSE excluded.exp END RETURNING e.k",
            K,
            VER,
            V,
            AT,
            RELATIVE),
    PUT_IF_ABSENT(Sql.PUT + "excluded.exp WHERE e.exp <= " + Sql.NOW + " RETURNING e.k", K, VER, V, AT, RELATIVE),
    REPLACE(Sql.REPLACE, K, VER, V, AT, RELATIVE, SEEN),
    TOUCH(Sql.TOUCH, K, AT, RELATIVE),
    DELETE(Sql.DELETE + "e.k", K, SEEN),
    TAKE(Sql.DELETE + "e.k, e.v, e.ver, e.exp", K, SEEN);

    /** What the statements have in common. */
    static final class Sql {
        /** The server's time. */
        static final String NOW = "floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

        private static final String OF_LIVE = " FROM {table} WHERE k = ANY (?) AND exp > " + NOW;

        private static final String PUT = "INSERT INTO {table} AS e (k, ver, v, exp)"
                + " SELECT k, ver, v, coalesce(at, " + Long.MAX_VALUE + ") + CASE WHEN relative THEN " + NOW
                + " ELSE 0 END"
                + " FROM unnest(?::bytea[], ?::bigint[], ?::bytea[], ?::bigint[], ?::boolean[])"
                + " AS n (k, ver, v, at, relative) ORDER BY k"
                + " ON CONFLICT (k) DO UPDATE SET ver = excluded.ver, v = excluded.v, exp = ";

        /** The element for a row in an array of the parameters {@code p}. */
        private static final String OF_ROW = "[array_position(p.k, e.k)]";

        private static final String DEADLINE = "exp = coalesce(p.at" + OF_ROW + " + CASE WHEN p.relative" + OF_ROW
                + " THEN " + NOW + " ELSE 0 END, e.exp)";
        private static final String WHERE_LIVE = " WHERE e.k = ANY (p.k) AND e.exp > " + NOW;

        private static final String REPLACE = "UPDATE {table} AS e SET ver = p.ver" + OF_ROW + ", v = p.v" + OF_ROW
                + ", " + DEADLINE + " FROM (SELECT ?::bytea[] AS k, ?::bigint[] AS ver, ?::bytea[] AS v,"
                + " ?::bigint[] AS at, ?::boolean[] AS relative, ?::bigint[] AS seen) AS p" + WHERE_LIVE
                + " AND e.ver = p.seen" + OF_ROW + " RETURNING e.k";
        private static final String TOUCH = "UPDATE {table} AS e SET " + DEADLINE
                + " FROM (SELECT ?::bytea[] AS k, ?::bigint[] AS at, ?::boolean[] AS relative) AS p" + WHERE_LIVE
                + " RETURNING e.k";
        private static final String DELETE = "DELETE FROM {table} AS e"
                + " USING (SELECT ?::bytea[] AS k, ?::bigint[] AS seen) AS p" + WHERE_LIVE + " AND (p.seen" + OF_ROW
                + " IS NULL OR e.ver = p.seen" + OF_ROW + ") RETURNING ";

        private Sql() {}
    }

    private final String sql;

    @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
    private final Column[] columns;

    Kind(String sql, Column... columns) {
        this.sql = sql;
        this.columns = columns;
    }

    static Kind of(Command<?> command) {
        if (command instanceof Get get) {
            return switch (get.want()) {
                case EXISTENCE -> EXISTENCE;
                case VALUE -> VALUE;
                case ENTRY -> ENTRY;
            };
        }
        if (command instanceof Put put) {
            if (put.condition() instanceof Condition.IfVersion) {
                return REPLACE;
            }
            if (put.condition() == Condition.IF_ABSENT) {
                return PUT_IF_ABSENT;
            }
            return put.expiry() == Expiry.KEEP ? PUT_KEEPING : PUT;
        }
        return command instanceof Delete delete ? delete.wantsOld() ? TAKE : DELETE : TOUCH;
    }

    /** The statement, with {@code {table}} in place of the table. */
    String sql() {
        return sql;
    }

    /** Whether carrying it out twice may differ from once. */
    boolean writes() {
        return compareTo(PUT) >= 0;
    }

    /** Carries out commands of this kind on different keys; returns the rows that there were, by their keys. */
    Map<ByteBuffer, Row> carryOut(List<? extends Command<?>> commands, Table table, Connection connection)
            throws SQLException {
        Map<ByteBuffer, Row> found = new HashMap<>(2 * commands.size());
        try (PreparedStatement statement = connection.prepareStatement(table.sql(this))) {
            for (int i = 0; i < columns.length; i++) {
                statement.setArray(i + 1, columns[i].of(commands, connection));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Row row = Row.of(rows);
                    found.put(row.key(), row);
                }
            }
        }
        return found;
    }
}
