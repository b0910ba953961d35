/** Values of any type as JSON or CBOR, through Jackson. */
module io.cuttlestore.codec.jackson {
    requires transitive io.cuttlestore;
    requires transitive tools.jackson.databind;
    requires tools.jackson.dataformat.cbor;
    requires static transitive org.jspecify;

    exports io.cuttlestore.codec.jackson;

    provides io.cuttlestore.codec.CodecProvider with
            io.cuttlestore.codec.jackson.JsonCodecProvider,
            io.cuttlestore.codec.jackson.CborCodecProvider;
}
