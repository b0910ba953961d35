package io.cuttlestore.rocksdb;

import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** The records of a range of a column family as they were when it was asked for, in the order of their keys. */
final class Records implements AutoCloseable {
    private final Natives natives = new Natives();
    private final RocksIterator iterator;

    Records(RocksDB rocks, ColumnFamilyHandle family, KeyRange range) {
        ReadOptions options = natives.keep(new ReadOptions());
        options.setIterateUpperBound(natives.keep(new Slice(range.to())));
        this.iterator = natives.keep(rocks.newIterator(family, options));
        iterator.seek(range.from());
    }

    /** Whether there is a record here. */
    boolean isAtOne() throws RocksDBException {
        if (iterator.isValid()) {
            return true;
        }
        iterator.status(); // throws where damage has ended the iteration
        return false;
    }

    void next() {
        iterator.next();
    }

    void toLast() {
        iterator.seekToLast();
    }

    byte[] key() {
        return iterator.key();
    }

    Row row() {
        return Row.parse(iterator.value());
    }

    Row head() {
        byte[] head = new byte[Row.HEAD];
        return Row.parseHead(head, iterator.value(head));
    }

    @Override
    public void close() {
        natives.close();
    }
}
