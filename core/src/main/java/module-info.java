/** The public API, the SPI and the in-memory backend of Cuttlestore. */
module io.cuttlestore {
    requires static transitive org.jspecify;
    requires static com.github.benmanes.caffeine;

    exports io.cuttlestore;
    exports io.cuttlestore.codec;
    exports io.cuttlestore.spi;

    uses io.cuttlestore.spi.BackendProvider;
    uses io.cuttlestore.codec.CodecProvider;

    provides io.cuttlestore.spi.BackendProvider with
            io.cuttlestore.internal.memory.InMemoryProvider;
}
