package io.cuttlestore.sqlite;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/** A connection to a database file and its prepared statements. Used by one thread at a time. */
final class Session implements AutoCloseable {
    private static final int AUTOCHECKPOINT_PAGES = 10_000;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    private Session(Connection connection) {
        this.connection = connection;
    }

    /** What is done on a session. */
    @FunctionalInterface
    interface Work<R extends @Nullable Object> {
        R on(Session session) throws SQLException;
    }

    static Session writer(Path file, Synchronous synchronous) throws SQLException {
        SQLiteConfig config = existingFile();
        config.setSynchronous(synchronous.mode());
        config.setWalAutocheckpoint(AUTOCHECKPOINT_PAGES);
        return new Session(config.createConnection(url(file)));
    }

    static Session reader(Path file) throws SQLException {
        return new Session(existingFile().createConnection(url(file)));
    }

    /**
     * A session that takes the file as it lies there: without a lock, a journal or any file beside it, so that looking
     * at another application's database leaves no trace.
     */
    static Session observer(Path file) throws SQLException {
        return new Session(existingFile().createConnection(url(file) + "?immutable=1"));
    }

    /** Connections of the application's own, which wait for each other as usual. */
    static SQLiteDataSource dataSource(Path file, Synchronous synchronous) {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setSynchronous(synchronous.mode());
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(url(file));
        return source;
    }

    private static SQLiteConfig existingFile() {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setOpenMode(SQLiteOpenMode.NOMUTEX);
        config.setBusyTimeout(0);
        return config;
    }

    /** The file as a URI: every character of a path stands for itself only when percent-encoded. */
    private static String url(Path file) {
        return "jdbc:sqlite:file:" + file.toUri().getRawPath().replace("=", "%3D");
    }

    void execute(String sql) throws SQLException {
        prepared(sql).execute();
    }

    /** Executes a query; parameters stand for {@code ?1}, {@code ?2}, ... */
    ResultSet query(String sql, @Nullable Object... parameters) throws SQLException {
        PreparedStatement statement = prepared(sql);
        bind(statement, Arrays.asList(parameters));
        return statement.executeQuery();
    }

    /** The first column of the only row of a query. */
    String single(String sql) throws SQLException {
        try (ResultSet row = query(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Executes an update; returns how many rows it changed. */
    int update(String sql, List<@Nullable Object> parameters) throws SQLException {
        PreparedStatement statement = prepared(sql);
        bind(statement, parameters);
        int changed = statement.executeUpdate();
        statement.clearParameters(); // or the last value would stay in memory, twice
        return changed;
    }

    /** Executes an update once for each list of parameters; returns how many rows each changed. */
    long[] updateAll(String sql, List<List<@Nullable Object>> lists) throws SQLException {
        PreparedStatement statement = prepared(sql);
        for (List<@Nullable Object> parameters : lists) {
            bind(statement, parameters);
            statement.addBatch();
        }
        long[] changed = statement.executeLargeBatch();
        statement.clearParameters();
        return changed;
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    private static void bind(PreparedStatement statement, List<@Nullable Object> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
    }

    /** Ends the transaction, unless SQLite has already done so because of the error. */
    void rollback() {
        forgetStatements();
        try {
            execute("ROLLBACK");
        } catch (SQLException noTransaction) {
            forgetStatements();
        }
    }

    /** Closes all statements: after an error the driver may have finalised any of them. */
    void forgetStatements() {
        for (PreparedStatement statement : statements.values()) {
            try {
                statement.close();
            } catch (SQLException ignored) {
                // it reports the error of its last execution once more
            }
        }
        statements.clear();
    }

    /** Closes the connection. Idempotent; what fails while closing loses nothing that was committed. */
    @Override
    public void close() {
        forgetStatements();
        try {
            connection.close();
        } catch (SQLException e) {
            System.getLogger(Session.class.getName()).log(Level.DEBUG, "closing a SQLite connection failed", e);
        }
    }
}
