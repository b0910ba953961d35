/** The RocksDB backend of Cuttlestore: entries as records of an embedded database. */
module io.cuttlestore.rocksdb {
    requires transitive io.cuttlestore;
    requires static transitive org.jspecify;
    requires rocksdbjni;

    exports io.cuttlestore.rocksdb;

    provides io.cuttlestore.spi.BackendProvider with
            io.cuttlestore.rocksdb.RocksDbProvider;
}
