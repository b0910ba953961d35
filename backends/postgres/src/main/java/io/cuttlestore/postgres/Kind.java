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
 * keys, so that two of them never wait for each other.
 */
enum Kind {
    EXISTENCE(Sql.read("k"), K),
    VALUE(Sql.read("k, v"), K),
    ENTRY(Sql.read("k, v, ver, exp"), K),
    PUT(Sql.put("excluded.exp", ""), K, VER, V, AT, RELATIVE),
    PUT_KEEPING(
            Sql.put("CASE WHEN e.exp > " + Sql.NOW + " THEN e.exp ELSE excluded.exp END", ""), K, VER, V, AT, RELATIVE),
    PUT_IF_ABSENT(Sql.put("excluded.exp", " WHERE e.exp <= " + Sql.NOW), K, VER, V, AT, RELATIVE),
    REPLACE(
            Sql.update("ver = (p.ver)[" + Sql.I + "], v = (p.v)[" + Sql.I + "], ", K, VER, V, AT, RELATIVE, SEEN)
                    + " AND e.ver = (p.seen)[" + Sql.I + "] RETURNING e.k",
            K,
            VER,
            V,
            AT,
            RELATIVE,
            SEEN),
    TOUCH(Sql.update("", K, AT, RELATIVE) + " RETURNING e.k", K, AT, RELATIVE),
    DELETE(Sql.delete("e.k"), K, SEEN),
    TAKE(Sql.delete("e.k, e.v, e.ver, e.exp"), K, SEEN);

    /** What the statements have in common. */
    static final class Sql {
        /** The server's time. */
        static final String NOW = "floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

        /** The place of a row's command in the arrays. */
        private static final String I = "array_position(p.k, e.k)";

        private Sql() {}

        private static String read(String columns) {
            return "SELECT " + columns + " FROM {table} WHERE k = ANY (?) AND exp > " + NOW;
        }

        private static String put(String deadline, String condition) {
            return "INSERT INTO {table} AS e (k, ver, v, exp)"
                    + " SELECT k, ver, v, coalesce(at, " + Long.MAX_VALUE + ") + CASE WHEN relative THEN " + NOW
                    + " ELSE 0 END FROM unnest(" + Column.places(K, VER, V, AT, RELATIVE) + ") AS n ("
                    + Column.names(K, VER, V, AT, RELATIVE) + ") ORDER BY k"
                    + " ON CONFLICT (k) DO UPDATE SET ver = excluded.ver, v = excluded.v, exp = " + deadline + condition
                    + " RETURNING e.k";
        }

        private static String update(String changes, Column... columns) {
            return "UPDATE {table} AS e SET " + changes + "exp = coalesce((p.at)[" + I + "] + CASE WHEN (p.relative)["
                    + I
                    + "] THEN " + NOW + " ELSE 0 END, e.exp) FROM (SELECT " + Column.namedPlaces(columns)
                    + ") AS p WHERE e.k = ANY (p.k) AND e.exp > " + NOW;
        }

        private static String delete(String columns) {
            return "DELETE FROM {table} AS e USING (SELECT " + Column.namedPlaces(K, SEEN)
                    + ") AS p WHERE e.k = ANY (p.k) AND e.exp > " + NOW + " AND ((p.seen)[" + I
                    + "] IS NULL OR e.ver = (p.seen)[" + I + "]) RETURNING " + columns;
        }
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
