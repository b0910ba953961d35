package io.cuttlestore.cli;

import io.cuttlestore.Entry;
import java.io.Closeable;
import java.io.IOException;

/** A form in which entries are listed. Leaves the stream that it writes to open. */
interface Listing extends Closeable {
    void key(String key) throws IOException;

    void entry(Entry<byte[]> entry) throws IOException;
}
