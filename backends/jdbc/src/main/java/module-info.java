/** What the backends over JDBC share. Internal. */
@SuppressWarnings("module") // those that it is for are not here when it is compiled
module io.cuttlestore.jdbc {
    requires transitive io.cuttlestore;
    requires transitive java.sql;
    requires static org.jspecify;

    // for the backends, and for the drivers, which make sockets by the name of their factory
    exports io.cuttlestore.jdbc to
            io.cuttlestore.mysql,
            io.cuttlestore.postgres,
            org.mariadb.jdbc,
            org.postgresql.jdbc;
}
