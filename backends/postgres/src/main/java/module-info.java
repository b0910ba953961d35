/** Entries as rows of a PostgreSQL table. */
module io.cuttlestore.postgres {
    requires com.zaxxer.hikari;
    requires io.cuttlestore;
    requires java.naming;
    requires java.sql;
    requires org.postgresql.jdbc;
    requires static org.jspecify;

    // for the driver, which makes its sockets by the name of their factory
    exports io.cuttlestore.postgres to
            org.postgresql.jdbc;

    provides io.cuttlestore.spi.BackendProvider with
            io.cuttlestore.postgres.PostgresProvider;
}
