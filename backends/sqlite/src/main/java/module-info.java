/** The SQLite backend of Cuttlestore: entries as rows of a database file. */
module io.cuttlestore.sqlite {
    requires transitive io.cuttlestore;
    requires static transitive org.jspecify;
    requires java.sql;
    requires org.xerial.sqlitejdbc;

    exports io.cuttlestore.sqlite;

    provides io.cuttlestore.spi.BackendProvider with
            io.cuttlestore.sqlite.SqliteProvider;
}
