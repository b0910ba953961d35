package io.cuttlestore.postgres;

import io.cuttlestore.IncompatibleStoreException;
import io.cuttlestore.InvalidConnectionStringException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The table that holds the entries: see docs/formats-postgres.md. Thread-safe. */
final class Table {
    /** The version of the format, in the table's comment. */
    private static final int FORMAT = 1;

    private static final Pattern COMMENT = Pattern.compile("cuttlestore (\\d+) ([0-9a-f]{16})");
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

    private final String name;
    private final String storeId;
    private final Map<Kind, String> statements;

    private Table(String name, String storeId) {
        this.name = name;
        this.storeId = storeId;
        this.statements = new EnumMap<>(
                Arrays.stream(Kind.values()).collect(Collectors.toMap(Function.identity(), kind -> named(kind.sql()))));
    }

    /**
     * Finds the table, or makes it.
     *
     * @throws IncompatibleStoreException if there is one of that name that is not ours
     */
    static Table open(Connection connection, Settings settings, boolean mayCreate) throws SQLException {
        Table found = find(connection, settings);
        if (found != null) {
            return found;
        }
        if (!mayCreate) {
            throw new InvalidConnectionStringException("there is no store at " + settings.address() + "?table="
                    + settings.table() + "; check database and table");
        }
        connection.setAutoCommit(false); // if what follows fails, the pool rolls it back
        Table made = create(connection, settings);
        connection.commit();
        connection.setAutoCommit(true);
        return made;
    }

    private static Table create(Connection connection, Settings settings) throws SQLException {
        String id = UUID.randomUUID().toString().replace("-", "").substring(0, 16);
        String definition = DEFINITION.replace("{table}", quoted(settings.table()));
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(hashtext('cuttlestore " + settings.table() + "'))");
            Table meanwhile = find(connection, settings);
            if (meanwhile != null) {
                return meanwhile;
            }
            statement.execute(definition + "'cuttlestore " + FORMAT + " " + id + "'");
        }
        Table made = find(connection, settings);
        if (made == null) {
            throw new IncompatibleStoreException(settings.address() + ": the table " + settings.table()
                    + " was made and can't be found; name its schema in option 'table'");
        }
        return made;
    }

    private static @Nullable Table find(Connection connection, Settings settings) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, quoted(settings.table()));
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                String name = row.getString(1) + "." + row.getString(2);
                return new Table(name, storeId(settings, name, row.getString(3), row.getString(4)));
            }
        }
    }

    private static String storeId(Settings settings, String name, @Nullable String comment, @Nullable String shape) {
        String where = settings.address() + "?table=" + name;
        Matcher matcher = COMMENT.matcher(String.valueOf(comment));
        if (!matcher.matches()) {
            throw new IncompatibleStoreException(
                    where + " is a table of another application, since it lacks our comment;"
                            + " name one of its own in option 'table'. It is left as it is");
        }
        if (Long.parseLong(matcher.group(1)) != FORMAT) {
            throw new IncompatibleStoreException(where + " has format " + matcher.group(1)
                    + ", and this version of Cuttlestore knows format " + FORMAT
                    + " only; use the version that wrote it. It is left as it is");
        }
        if (!SHAPE.equals(shape)) {
            throw new IncompatibleStoreException(where + " has been altered: its columns are " + shape
                    + " and should be " + SHAPE + ". It is left as it is");
        }
        return matcher.group(2);
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"").replace(".", "\".\"") + '"';
    }

    /** Schema and name. */
    String name() {
        return name;
    }

    String storeId() {
        return storeId;
    }

    /** The statement for commands of a kind. */
    String sql(Kind kind) {
        return Objects.requireNonNull(statements.get(kind));
    }

    /** A statement with {@code {table}} replaced. */
    String named(String sql) {
        return sql.replace("{table}", quoted(name));
    }
}
