package io.cuttlestore.postgres;

import static io.cuttlestore.postgres.Column.AT;
import static io.cuttlestore.postgres.Column.K;
import static io.cuttlestore.postgres.Column.RELATIVE;
import static io.cuttlestore.postgres.Column.SEEN;
import static io.cuttlestore.postgres.Column.V;
import static io.cuttlestore.postgres.Column.VER;

import io.cuttlestore.jdbc.Kind;
import io.cuttlestore.spi.Command;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * A statement for commands of a {@link Kind}, one or many of them, each on a key of its own: conditions and all, in one trip
 * and one transaction. It returns the rows that were read or changed. It comes to rows in the order of their keys, so that no
 * two of them wait for each other in a circle.
 */
enum ArrayStatement {
    EXISTENCE("SELECT k" + Sql.OF_LIVE, K),
    VALUE("SELECT k, v" + Sql.OF_LIVE, K),
    ENTRY("SELECT k, v, ver, exp" + Sql.OF_LIVE, K),
    PUT(Sql.PUT + "excluded.exp RETURNING e.k", K, VER, V, AT, RELATIVE),
    PUT_KEEPING(
            Sql.PUT + "CASE WHEN e.exp > " + PostgresTable.NOW + " THEN e.exp ELSE excluded.exp END RETURNING e.k",
            K,
            VER,
            V,
            AT,
            RELATIVE),
    PUT_IF_ABSENT(
            Sql.PUT + "excluded.exp WHERE e.exp <= " + PostgresTable.NOW + " RETURNING e.k", K, VER, V, AT, RELATIVE),
    REPLACE(Sql.REPLACE, K, VER, V, AT, RELATIVE, SEEN),
    TOUCH(Sql.TOUCH, K, AT, RELATIVE),
    DELETE(Sql.DELETE + "e.k", K, SEEN),
    TAKE(Sql.DELETE + "e.k, e.v, e.ver, e.exp", K, SEEN);

    /** What the statements have in common. */
    private static final class Sql {
        private static final String OF_LIVE = " FROM {table} WHERE k = ANY (?) AND exp > " + PostgresTable.NOW;

        private static final String PUT = "INSERT INTO {table} AS e (k, ver, v, exp)"
                + " SELECT k, ver, v, coalesce(at, " + Long.MAX_VALUE + ") + CASE WHEN relative THEN "
                + PostgresTable.NOW
                + " ELSE 0 END"
                + " FROM unnest(?::bytea[], ?::bigint[], ?::bytea[], ?::bigint[], ?::boolean[])"
                + " AS n (k, ver, v, at, relative) ORDER BY k"
                + " ON CONFLICT (k) DO UPDATE SET ver = excluded.ver, v = excluded.v, exp = ";

        /** The element for a row in an array of the parameters {@code p}. */
        private static final String OF_ROW = "[array_position(p.k, e.k)]";

        private static final String DEADLINE = "exp = coalesce(p.at" + OF_ROW + " + CASE WHEN p.relative" + OF_ROW
                + " THEN " + PostgresTable.NOW + " ELSE 0 END, e.exp)";
        private static final String WHERE_LIVE = " WHERE e.k = ANY (p.k) AND e.exp > " + PostgresTable.NOW;

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

    ArrayStatement(String sql, Column... columns) {
        this.sql = sql;
        this.columns = columns;
    }

    /** The statement for commands of a kind. */
    static ArrayStatement of(Kind kind) {
        return valueOf(kind.name());
    }

    /** The statement, with {@code {table}} in place of the table. */
    String sql() {
        return sql;
    }

    /** Sets the parameters for some commands. */
    void bind(List<? extends Command<?>> commands, PreparedStatement statement) throws SQLException {
        for (int i = 0; i < columns.length; i++) {
            statement.setArray(i + 1, columns[i].of(commands, statement.getConnection()));
        }
    }
}
