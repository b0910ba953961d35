/** Entries as rows of a PostgreSQL table. */
module io.cuttlestore.postgres {
    requires io.cuttlestore.jdbc;
    requires java.naming;
    requires org.postgresql.jdbc;
    requires static org.jspecify;

    provides io.cuttlestore.spi.BackendProvider with
            io.cuttlestore.postgres.PostgresProvider;
}
