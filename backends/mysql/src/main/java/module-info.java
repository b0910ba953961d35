/** Entries as rows of a table of MySQL or MariaDB. */
module io.cuttlestore.mysql {
    requires io.cuttlestore.jdbc;
    requires org.mariadb.jdbc;
    requires static org.jspecify;

    provides io.cuttlestore.spi.BackendProvider with
            io.cuttlestore.mysql.MysqlProvider;
    provides org.mariadb.jdbc.plugin.TlsSocketPlugin with
            io.cuttlestore.mysql.PemTls;
}
