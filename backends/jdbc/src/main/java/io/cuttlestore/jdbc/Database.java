package io.cuttlestore.jdbc;

import io.cuttlestore.CuttlestoreException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

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
     * Finds the table, or makes it.
     *
     * @throws CuttlestoreException if there is none and none may be made, or one that is not ours
     */
    Table open(Connection connection, boolean mayCreate) throws SQLException;

    /** What its errors mean. */
    Failures failures();
}
