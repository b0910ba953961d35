/** The backend that keeps entries as files in a folder. */
module io.cuttlestore.filesystem {
    requires transitive io.cuttlestore;
    requires static org.jspecify;

    exports io.cuttlestore.filesystem;

    provides io.cuttlestore.spi.BackendProvider with
            io.cuttlestore.filesystem.FilesystemProvider;
}
