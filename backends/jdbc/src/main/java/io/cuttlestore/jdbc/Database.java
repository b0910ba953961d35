package io.cuttlestore.jdbc;

import io.cuttlestore.CuttlestoreException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A database on a server: what is its own of making connections. Thread-safe. */
public interface Database {
    /**
     * Makes a connection in autocommit, by {@link DeadlineSockets}.
     *
     * @throws CuttlestoreException if the server is not one to use
     */
    Connection connect() throws SQLException;

    /** Connections that the application makes and closes itself, without time limits of ours. */
    DataSource ofApplication();

    /**
     * Finds the table; {@code null} if there is none.
     *
     * @throws CuttlestoreException if it is not ours
     */
    @Nullable
    Table find(Connection connection) throws SQLException;

    /** Makes the table, unless somebody else has done so meanwhile. */
    void make(Connection connection) throws SQLException;

    /** What the server calls itself. */
    String server(Connection connection) throws SQLException;

    /** What its errors mean. */
    Failures failures();
}
