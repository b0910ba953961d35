package io.cuttlestore.rocksdb;

import io.cuttlestore.CorruptEntryException;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Key;
import io.cuttlestore.spi.ScanEntry;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Stored;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/** What returns entries. An expired record is not one, and a damaged one is an error. */
final class Reads {
    private static final long LARGE_PAGE_BYTES = 4L << 20;

    private Reads() {}

    /** Reads as much of an entry as is wanted. */
    static @Nullable Stored get(Database database, Get get, long now) throws RocksDBException {
        byte[] key = get.key().utf8();
        return live(get.key(), get.want() == Get.Want.EXISTENCE ? database.head(key) : database.row(key), now);
    }

    /** What was found under a key, unless it has expired. */
    static @Nullable Row live(Key key, @Nullable Row found, long now) {
        if (found != null && found.isDamaged()) {
            throw new CorruptEntryException(
                    "the record of '" + key + "' is no entry; it is left as it is until its key is put or deleted");
        }
        return Row.ifLive(found, now);
    }

    /** Reads a page of a scan, which ends early when it has become large. */
    static ScanPage page(Database database, ScanRequest request, long now) throws RocksDBException {
        List<ScanEntry> entries = new ArrayList<>();
        long bytes = 0;
        try (Records records = database.entries(KeyRange.of(request, request.cursor()))) {
            for (; records.isAtOne(); records.next()) {
                byte[] key = records.key();
                Row row = request.keysOnly() ? records.head() : records.row();
                if (isEntry(key, row) && Row.ifLive(row, now) != null) {
                    entries.add(new ScanEntry(new String(key, StandardCharsets.UTF_8), row));
                    bytes += key.length + row.payload().bytes().length;
                }
                if (entries.size() == request.pageSize() || bytes >= LARGE_PAGE_BYTES) {
                    return new ScanPage(entries, KeyRange.positionBehind(key));
                }
            }
        }
        return new ScanPage(entries, null);
    }

    /** Whether a record is an entry, live or not; says so if it is none. */
    static boolean isEntry(byte[] key, Row row) {
        boolean isUtf8 = Arrays.equals(new String(key, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8), key);
        if (isUtf8 && !row.isDamaged()) {
            return true;
        }
        System.getLogger(Reads.class.getName())
                .log(
                        Level.WARNING,
                        "skipped a record that is no entry, whose key is {0}",
                        KeyRange.positionBehind(key));
        return false;
    }
}
