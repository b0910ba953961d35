package io.cuttlestore.postgres;

import io.cuttlestore.jdbc.KeyRange;
import io.cuttlestore.jdbc.Kind;
import io.cuttlestore.jdbc.Row;
import io.cuttlestore.jdbc.Settings;
import io.cuttlestore.jdbc.Table;
import io.cuttlestore.jdbc.TableComment;
import io.cuttlestore.spi.Command;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table of a PostgreSQL database: see docs/formats-postgres.md. */
final class PostgresTable implements Table {
    /** What was tried: a value is in memory several times on its way, and a field may have 1 GB with all its digits. */
    private static final long MAX_VALUE_BYTES = 256L << 20;

    /** The server's time, when it is asked for. */
    static final String NOW = "floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    private static final String SHAPE = "k bytea, ver bigint, exp bigint, v bytea";

    private static final String FIND = "SELECT n.nspname, c.relname, obj_description(c.oid, 'pg_class'),"
            + " (SELECT string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ', ' ORDER BY a.attnum)"
            + " FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped)"
            + " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = to_regclass(?)";

    /** {@code v} comes last, so that version and deadline are read without it. */
    private static final String DEFINITION = "CREATE TABLE {table} (k bytea NOT NULL PRIMARY KEY, ver bigint NOT NULL,"
            + " exp bigint NOT NULL, v bytea NOT NULL);"
            + " CREATE INDEX ON {table} (exp) WHERE exp < " + Long.MAX_VALUE + ";"
            + " COMMENT ON TABLE {table} IS ";

    private static final String IN_RANGE = " FROM {table} WHERE k >= ? AND k < ? AND exp > " + NOW + " ORDER BY k";
    private static final String KEYS = "SELECT k" + IN_RANGE + " LIMIT ?";
    private static final String ENTRIES = "SELECT k, v, ver, exp FROM (SELECT k, v, ver, exp,"
            + " sum(octet_length(v)) OVER (ORDER BY k ROWS UNBOUNDED PRECEDING) - octet_length(v) AS before" + IN_RANGE
            + " LIMIT ?) AS page WHERE before < " + LARGE_PAGE_BYTES + " ORDER BY k";
    private static final String LAST = "SELECT k" + IN_RANGE + " DESC LIMIT 1";

    private static final String DELETE = "DELETE FROM {table} WHERE k = ANY (?)";

    /** Passes over rows that somebody else is about to change, so that it waits for nobody. */
    private static final String DELETE_EXPIRED =
            "DELETE FROM {table} WHERE k = ANY (ARRAY(SELECT k FROM {table} WHERE exp < "
                    + Long.MAX_VALUE + " AND exp <= floor(extract(epoch FROM statement_timestamp()) * 1000)::bigint"
                    + " ORDER BY exp LIMIT ? FOR UPDATE SKIP LOCKED))";

    private final String name;
    private final String storeId;
    private final Map<Kind, String> statements;

    private PostgresTable(String name, String storeId) {
        this.name = name;
        this.storeId = storeId;
        this.statements = new EnumMap<>(Arrays.stream(Kind.values())
                .collect(Collectors.toMap(
                        Function.identity(),
                        kind -> named(ArrayStatement.of(kind).sql()))));
    }

    /** Finds the table; {@code null} if there is none. */
    static @Nullable PostgresTable find(Connection connection, Settings settings) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, quoted(settings.table()));
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                String name = row.getString(1) + "." + row.getString(2);
                String where = settings.address() + "?table=" + name;
                return new PostgresTable(name, TableComment.storeId(where, row.getString(3), row.getString(4), SHAPE));
            }
        }
    }

    /** Makes the table, unless somebody else has done so meanwhile. */
    static void make(Connection connection, Settings settings) throws SQLException {
        connection.setAutoCommit(false); // if what follows fails, the store is not opened and the connection closed
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(hashtext('cuttlestore " + settings.table() + "'))");
            if (find(connection, settings) == null) {
                statement.execute(
                        DEFINITION.replace("{table}", quoted(settings.table())) + "'" + TableComment.fresh() + "'");
            }
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"").replace(".", "\".\"") + '"';
    }

    /** A statement with {@code {table}} replaced. */
    private String named(String sql) {
        return sql.replace("{table}", quoted(name));
    }

    /** Schema and name. */
    @Override
    public String name() {
        return name;
    }

    @Override
    public String storeId() {
        return storeId;
    }

    @Override
    public long maxValueBytes() {
        return MAX_VALUE_BYTES;
    }

    /** No more than the server takes for a parameter. */
    @Override
    public long maxTripBytes() {
        return Integer.MAX_VALUE / 2;
    }

    @Override
    public Map<ByteBuffer, Row> carryOut(Kind kind, List<? extends Command<?>> commands, Connection connection)
            throws SQLException {
        Map<ByteBuffer, Row> found = new HashMap<>(2 * commands.size());
        try (PreparedStatement statement = connection.prepareStatement(Objects.requireNonNull(statements.get(kind)))) {
            ArrayStatement.of(kind).bind(commands, statement);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Row row = Row.of(rows);
                    found.put(row.key(), row);
                }
            }
        }
        return found;
    }

    @Override
    public List<Row> page(KeyRange range, int size, boolean keysOnly, Connection connection) throws SQLException {
        List<Row> page = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(named(keysOnly ? KEYS : ENTRIES))) {
            statement.setBytes(1, range.from());
            statement.setBytes(2, range.to());
            statement.setInt(3, size);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    page.add(Row.of(rows));
                }
            }
        }
        return page;
    }

    @Override
    public byte @Nullable [] last(KeyRange range, Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(named(LAST))) {
            statement.setBytes(1, range.from());
            statement.setBytes(2, range.to());
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? found.getBytes(1) : null;
            }
        }
    }

    @Override
    public int delete(List<byte[]> keys, Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(named(DELETE))) {
            statement.setArray(1, connection.createArrayOf("bytea", keys.toArray(new byte[0][])));
            return statement.executeUpdate();
        }
    }

    @Override
    public int deleteExpired(int max, Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(named(DELETE_EXPIRED))) {
            statement.setInt(1, max);
            return statement.executeUpdate();
        }
    }
}
