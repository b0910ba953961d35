package io.cuttlestore.mysql;

import io.cuttlestore.jdbc.Row;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Statements that make one trip; several are one transaction, of which the server carries out all or nothing. Used by one
 * thread.
 */
final class Script {
    private final String table;
    private final List<String> statements = new ArrayList<>();
    private final List<byte[]> parameters = new ArrayList<>();

    /** The keys whose rows a statement changes, by its place, if anybody wants to know whether it does. */
    private final Map<Integer, List<byte[]>> changed = new HashMap<>();

    /** Of statements that call a table {@code {table}}. */
    Script(String table) {
        this.table = table;
    }

    Script add(String statement, byte[]... bytes) {
        statements.add(statement.replace("{table}", table));
        parameters.addAll(List.of(bytes));
        return this;
    }

    /** Says that the statement that was added last changes the rows of these keys, or none. */
    void changing(List<byte[]> keys) {
        changed.put(statements.size() - 1, keys);
    }

    /** Carries them out; returns the rows that were changed or returned, in that order. */
    Map<ByteBuffer, Row> execute(Connection connection) throws SQLException {
        boolean isTransaction = statements.size() > 1;
        String sql = String.join(";", statements);
        try (PreparedStatement statement =
                connection.prepareStatement(isTransaction ? "START TRANSACTION;" + sql + ";COMMIT" : sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setBytes(i + 1, parameters.get(i));
            }
            statement.execute();
            if (isTransaction) {
                statement.getMoreResults();
            }
            return rows(statement);
        } catch (SQLException e) {
            rollBack(connection, e);
            throw e;
        }
    }

    private Map<ByteBuffer, Row> rows(PreparedStatement statement) throws SQLException {
        Map<ByteBuffer, Row> found = new LinkedHashMap<>();
        for (int i = 0; i < statements.size(); i++) {
            ResultSet rows = statement.getResultSet();
            while (rows != null && rows.next()) {
                Row row = Row.of(rows);
                found.put(row.key(), row);
            }
            if (statement.getUpdateCount() > 0) {
                changed.getOrDefault(i, List.of()).forEach(key -> found.put(ByteBuffer.wrap(key), Row.of(key)));
            }
            statement.getMoreResults();
        }
        return found;
    }

    private static void rollBack(Connection connection, SQLException failure) {
        try {
            if (!connection.isClosed()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
