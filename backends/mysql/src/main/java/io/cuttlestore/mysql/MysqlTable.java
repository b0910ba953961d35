package io.cuttlestore.mysql;

import io.cuttlestore.jdbc.Cells;
import io.cuttlestore.jdbc.KeyRange;
import io.cuttlestore.jdbc.Kind;
import io.cuttlestore.jdbc.Row;
import io.cuttlestore.jdbc.Settings;
import io.cuttlestore.jdbc.Table;
import io.cuttlestore.jdbc.TableComment;
import io.cuttlestore.jdbc.Versions;
import io.cuttlestore.spi.Command;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table of MySQL or MariaDB: see docs/formats-mysql.md. Statements come to rows by their keys, and in the order of these.
 */
final class MysqlTable implements Table {
    private static final int MAX_VALUE_BYTES = 7 << 20;

    /** More than the words of the statements of a trip. */
    private static final int STATEMENT_BYTES = 1 << 19;

    private static final String SHAPE = "k varbinary(1024) PRI, ver bigint, exp bigint MUL, v longblob, InnoDB";

    private static final String FIND = "SELECT table_comment, concat((SELECT group_concat(concat_ws(' ', column_name,"
            + " IF(data_type = 'bigint' AND column_type NOT LIKE '%unsigned%', data_type, column_type),"
            + " nullif(column_key, '')) ORDER BY ordinal_position SEPARATOR ', ') FROM information_schema.columns AS c"
            + " WHERE c.table_schema = t.table_schema AND c.table_name = t.table_name), ', ', engine)"
            + " FROM information_schema.tables AS t WHERE table_schema = database() AND table_name = ?";

    private static final String DEFINITION =
            "CREATE TABLE IF NOT EXISTS {table} (k VARBINARY(1024) NOT NULL PRIMARY KEY, ver BIGINT NOT NULL,"
                    + " exp BIGINT NOT NULL, v LONGBLOB NOT NULL, INDEX exp (exp)) ENGINE = InnoDB ROW_FORMAT = DYNAMIC COMMENT = '";

    /** The server's time, when a row is looked at: also one that was waited for. */
    private static final String NOW = millis("SYSDATE(6)");

    /** The server's time, when the statement began: a constant, by which an index can be searched. */
    private static final String AT_FIRST = millis("UTC_TIMESTAMP(6)");

    private static final String LIVE = " AND exp > " + NOW;

    private static final String IN_RANGE = " FROM {table} FORCE INDEX (PRIMARY) WHERE k >= ? AND k < ?" + LIVE;
    private static final String KEYS = "SELECT k" + IN_RANGE + " ORDER BY k LIMIT {max}";
    private static final String LAST = "SELECT k" + IN_RANGE + " ORDER BY k DESC LIMIT 1";
    private static final String ENTRIES = "SELECT t.k, t.v, t.ver, t.exp FROM (SELECT k,"
            + " SUM(bytes) OVER (ORDER BY k ROWS UNBOUNDED PRECEDING) - bytes AS sum_before"
            + " FROM (SELECT k, LENGTH(v) AS bytes" + IN_RANGE + " ORDER BY k LIMIT {max}) AS n) AS p"
            + " STRAIGHT_JOIN {table} AS t FORCE INDEX (PRIMARY) ON t.k = p.k WHERE sum_before < " + LARGE_PAGE_BYTES
            + " ORDER BY p.k";

    /** Passes over rows that somebody else is about to change, so that it waits for nobody. */
    private static final String DELETE_EXPIRED = "DELETE t FROM (SELECT k FROM {table} FORCE INDEX (exp) WHERE exp <= "
            + AT_FIRST + " ORDER BY exp LIMIT {max} FOR UPDATE SKIP LOCKED) AS e"
            + " STRAIGHT_JOIN {table} AS t ON t.k = e.k";

    private final String name;
    private final String storeId;

    private MysqlTable(String name, String storeId) {
        this.name = name;
        this.storeId = storeId;
    }

    private static String quoted(String name) {
        return "`" + name + "`";
    }

    /** A time in UTC in epoch milliseconds. */
    private static String millis(String time) {
        return "(TIMESTAMPDIFF(MICROSECOND, '1970-01-01', " + time + ") DIV 1000)";
    }

    /** Finds the table; {@code null} if there is none. */
    static @Nullable MysqlTable find(Connection connection, Settings settings) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, settings.table());
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                String where = settings.address() + "?table=" + settings.table();
                return new MysqlTable(
                        settings.table(), TableComment.storeId(where, row.getString(1), row.getString(2), SHAPE));
            }
        }
    }

    /** Makes the table, unless somebody else has done so meanwhile. */
    static void make(Connection connection, Settings settings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(DEFINITION.replace("{table}", quoted(settings.table())) + TableComment.fresh() + "'");
        }
    }

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

    private Script script() {
        return new Script(quoted(name));
    }

    /** Each byte of which may become two in a packet of {@link MysqlDatabase#LEAST_PACKET_BYTES}. */
    @Override
    public long maxTripBytes() {
        return MysqlDatabase.LEAST_PACKET_BYTES / 2 - STATEMENT_BYTES;
    }

    @Override
    public Map<ByteBuffer, Row> carryOut(Kind kind, List<? extends Command<?>> commands, Connection connection)
            throws SQLException {
        List<? extends Command<?>> sorted = commands.stream()
                .sorted(Comparator.comparing(command -> command.key().utf8(), Arrays::compareUnsigned))
                .toList();
        Script script = script();
        switch (kind) {
            case EXISTENCE -> read("k", sorted, script);
            case VALUE -> read("k, v", sorted, script);
            case ENTRY -> read("k, v, ver, exp", sorted, script);
            case PUT -> put("VALUES(exp)", sorted, script);
            case PUT_KEEPING -> put("IF(exp > " + NOW + ", exp, VALUES(exp))", sorted, script);
            default -> sorted.forEach(command -> change(kind, command, script));
        }
        return script.execute(connection);
    }

    private static void read(String columns, List<? extends Command<?>> commands, Script script) {
        script.add(
                "SELECT " + columns + " FROM {table} WHERE k IN (?" + ", ?".repeat(commands.size() - 1) + ")" + LIVE,
                commands.stream().map(command -> command.key().utf8()).toArray(byte[][]::new));
    }

    /** Writes rows whatever is there, as one statement. */
    private static void put(String exp, List<? extends Command<?>> commands, Script script) {
        script.add(
                "INSERT INTO {table} (k, ver, exp, v) VALUES "
                        + commands.stream().map(MysqlTable::row).collect(Collectors.joining(", "))
                        + " ON DUPLICATE KEY UPDATE ver = VALUES(ver), v = VALUES(v), exp = " + exp,
                commands.stream()
                        .flatMap(command -> Stream.of(command.key().utf8(), Cells.value(command)))
                        .toArray(byte[][]::new));
        script.changing(commands.stream().map(command -> command.key().utf8()).toList());
    }

    /** A new row, with parameters for key and value. */
    private static String row(Command<?> command) {
        return "(?, " + Versions.next() + ", " + deadline(command, Long.toString(Long.MAX_VALUE)) + ", ?)";
    }

    /** The new deadline; those before 1970 are one. */
    private static String deadline(Command<?> command, String kept) {
        Long at = Cells.at(command);
        if (at == null) {
            return kept;
        }
        return Cells.isRelative(command) ? NOW + " + " + at : Long.toString(Math.max(0, at));
    }

    /** Does what the row, or its absence, allows. */
    private static void change(Kind kind, Command<?> command, Script script) {
        byte[] k = command.key().utf8();
        switch (kind) {
            case PUT_IF_ABSENT ->
                script.add("DELETE FROM {table} WHERE k = ? AND exp <= " + NOW, k)
                        .add(
                                "INSERT IGNORE INTO {table} (k, ver, exp, v) VALUES " + row(command),
                                k,
                                Cells.value(command))
                        .changing(List.of(k));
            case REPLACE ->
                script.add(
                                "UPDATE {table} SET ver = " + Versions.next() + ", v = ?, exp = "
                                        + deadline(command, "exp") + where(command),
                                Cells.value(command),
                                k)
                        .changing(List.of(k));
            case TOUCH ->
                script.add("UPDATE {table} SET exp = " + deadline(command, "exp") + " WHERE k = ?" + LIVE, k)
                        .changing(List.of(k));
            case DELETE -> script.add("DELETE FROM {table}" + where(command), k).changing(List.of(k));
            default ->
                script.add("SET @ver = (SELECT ver FROM {table}" + where(command) + " FOR UPDATE)", k)
                        .add("SELECT k, v, ver, exp FROM {table} WHERE k = ? AND ver = @ver", k)
                        .add("DELETE FROM {table} WHERE k = ? AND ver = @ver", k);
        }
    }

    /** Of a live row that has the version that the command asks for. */
    private static String where(Command<?> command) {
        Long seen = Cells.seen(command);
        return " WHERE k = ?" + (seen == null ? "" : " AND ver = " + seen) + LIVE;
    }

    @Override
    public List<Row> page(KeyRange range, int size, boolean keysOnly, Connection connection) throws SQLException {
        return rows((keysOnly ? KEYS : ENTRIES).replace("{max}", Integer.toString(size)), range, connection);
    }

    @Override
    public byte @Nullable [] last(KeyRange range, Connection connection) throws SQLException {
        List<Row> last = rows(LAST, range, connection);
        return last.isEmpty() ? null : last.get(0).key().array();
    }

    private List<Row> rows(String query, KeyRange range, Connection connection) throws SQLException {
        Script script = script().add(query, range.from(), range.to());
        return List.copyOf(script.execute(connection).values());
    }

    @Override
    public int delete(List<byte[]> keys, Connection connection) throws SQLException {
        Script script = script();
        keys.forEach(k -> script.add("DELETE FROM {table} WHERE k = ?", k).changing(List.of(k)));
        return script.execute(connection).size();
    }

    @Override
    public int deleteExpired(int max, Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(
                    DELETE_EXPIRED.replace("{table}", quoted(name)).replace("{max}", Integer.toString(max)));
        }
    }
}
