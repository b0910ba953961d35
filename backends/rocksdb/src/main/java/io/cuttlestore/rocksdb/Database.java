package io.cuttlestore.rocksdb;

import io.cuttlestore.IncompatibleStoreException;
import io.cuttlestore.StoreFailedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteBufferManager;
import org.rocksdb.WriteOptions;

/**
 * What RocksDB has open: entries in the default column family, the expiry index in another, and a third whose name says
 * whose database it is. See docs/formats-rocksdb.md.
 *
 * <p>A call once it is closed may end the JVM: {@link Engine} sees to it that there is none. Many threads may read, one
 * may write.
 */
final class Database implements AutoCloseable {
    /** The column families, the last of which marks the database: its name ends with the version of the format. */
    private static final List<String> FAMILIES = List.of("default", "expiry", "cuttlestore-1");

    private static final String MARKER = "cuttlestore-";
    private static final byte[] STORE_ID = ascii("store-id");
    private static final Pattern STORE_ID_FORM = Pattern.compile("[0-9a-f]{16}");
    private static final byte[] NOTHING = {};

    private static final long MIB = 1L << 20;
    private static final int OPEN_FILES = 256;
    private static final int LOGS = 3;

    private final Natives natives = new Natives();
    private final RocksDB rocks;
    private final ColumnFamilyHandle entries;
    private final ColumnFamilyHandle expiry;
    private final ColumnFamilyHandle meta;
    private final ReadOptions reading = natives.keep(new ReadOptions());
    private final WriteOptions writing = natives.keep(new WriteOptions());
    private final WriteOptions syncing = natives.keep(new WriteOptions().setSync(true));
    private final String storeId;
    private boolean hasDeadlines;

    private Database(Path folder, int memory, boolean create) throws RocksDBException {
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        try {
            Cache cache = natives.keep(new LRUCache(memory * MIB));
            ColumnFamilyOptions family = family(memory, cache);
            List<ColumnFamilyDescriptor> families = FAMILIES.stream()
                    .map(name -> new ColumnFamilyDescriptor(ascii(name), family))
                    .toList();
            DBOptions options =
                    options(memory, cache).setCreateIfMissing(create).setCreateMissingColumnFamilies(create);
            this.rocks = natives.keep(RocksDB.open(options, folder.toString(), families, handles));
            handles.forEach(natives::keep);
            this.entries = handles.get(0);
            this.expiry = handles.get(1);
            this.meta = handles.get(2);
            if (create && rocks.get(meta, STORE_ID) == null) {
                rocks.put(meta, syncing, STORE_ID, ascii(newStoreId()));
            }
            this.storeId = readStoreId();
            try (Records deadlines = expired(Long.MAX_VALUE - 1)) {
                this.hasDeadlines = deadlines.isAtOne();
            }
        } catch (RocksDBException | RuntimeException e) {
            natives.close();
            throw e;
        }
    }

    /**
     * Opens a database.
     *
     * @param memory in MiB
     * @param create whether to make what is missing of it
     */
    static Database open(Path folder, int memory, boolean create) throws RocksDBException {
        loadLibrary();
        return new Database(folder, memory, create);
    }

    private ColumnFamilyOptions family(int memory, Cache cache) {
        return natives.keep(new ColumnFamilyOptions())
                // RocksDB also wants as much room on the disk before it goes on after that was full.
                .setWriteBufferSize(memory * MIB / 4)
                // Each range that a sweep deletes makes reads of the index dearer until it leaves memory.
                .setMemtableMaxRangeDeletions(256)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setCacheIndexAndFilterBlocks(true)
                        .setFilterPolicy(natives.keep(new BloomFilter())));
    }

    private DBOptions options(int memory, Cache cache) {
        return natives.keep(new DBOptions())
                // Memory for writes is taken from that of the cache.
                .setWriteBufferManager(natives.keep(new WriteBufferManager(memory * MIB / 4, cache)))
                .setMaxTotalWalSize(memory * MIB)
                .setMaxOpenFiles(OPEN_FILES)
                // A log that ends in the middle of a write is whole; what is damaged before is an error, not the end.
                .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
                .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
                .setMaxLogFileSize(MIB)
                .setKeepLogFileNum(LOGS)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    /**
     * Looks at a database without a lock or a change of any file.
     *
     * @throws IncompatibleStoreException if it is not one of ours
     */
    static void refuseForeign(Path folder) throws RocksDBException {
        loadLibrary();
        Set<String> names = new TreeSet<>();
        try (Options options = new Options()) {
            RocksDB.listColumnFamilies(options, folder.toString())
                    .forEach(name -> names.add(new String(name, StandardCharsets.UTF_8)));
        }
        if (names.equals(Set.copyOf(FAMILIES))) {
            return;
        }
        for (String name : names) {
            if (name.startsWith(MARKER) && !FAMILIES.contains(name)) {
                throw new IncompatibleStoreException("rocksdb://" + folder + " has format "
                        + name.substring(MARKER.length()) + ", and this version of Cuttlestore knows format 1 only;"
                        + " use the version that wrote it. It is left as it is");
            }
        }
        throw new IncompatibleStoreException("rocksdb://" + folder
                + " is the RocksDB database of another application; name a folder of its own. It is left as it is");
    }

    private static void loadLibrary() {
        try {
            RocksDB.loadLibrary();
        } catch (RuntimeException | LinkageError e) {
            throw new StoreFailedException(
                    "RocksDB's native library can't be loaded: it is unpacked into java.io.tmpdir, which must have room"
                            + " for it and let programs be executed, unless it is found in java.library.path",
                    e);
        }
    }

    /** RocksDB's own version: {@code 11.8.1}. */
    static String version() {
        return RocksDB.rocksdbVersion().toString();
    }

    String storeId() {
        return storeId;
    }

    /** Reads the id of the store, a record that is always there. */
    String readStoreId() throws RocksDBException {
        byte[] id = rocks.get(meta, STORE_ID);
        String text = id == null ? "" : new String(id, StandardCharsets.US_ASCII);
        if (!STORE_ID_FORM.matcher(text).matches()) {
            throw new StoreFailedException("the id of a RocksDB store is damaged; restore a backup");
        }
        return text;
    }

    private static String newStoreId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** The entry under a key, or what stands for it. */
    @Nullable
    Row row(byte[] key) throws RocksDBException {
        byte[] record = rocks.get(entries, reading, key);
        return record == null ? null : Row.parse(record);
    }

    /** The entry under a key without its value. */
    @Nullable
    Row head(byte[] key) throws RocksDBException {
        byte[] head = new byte[Row.HEAD];
        int length = rocks.get(entries, reading, key, head);
        return length == RocksDB.NOT_FOUND ? null : Row.parseHead(head, length);
    }

    Records entries(KeyRange range) {
        return new Records(rocks, entries, range);
    }

    /** The expiry index up to a time, that included, in epoch milliseconds. */
    Records expired(long now) {
        return new Records(rocks, expiry, new KeyRange(NOTHING, ExpiryKey.of(now + 1, NOTHING)));
    }

    /** Whether any entry may have a deadline. If not, nobody needs to know that of an entry that is replaced. */
    boolean hasDeadlines() {
        return hasDeadlines;
    }

    void put(WriteBatch batch, byte[] key, Row row) throws RocksDBException {
        batch.put(entries, key, row.record());
        if (row.expiresAt() != Row.NEVER) {
            batch.put(expiry, ExpiryKey.of(row.expiresAt(), key), NOTHING);
            hasDeadlines = true;
        }
    }

    void delete(WriteBatch batch, byte[] key) throws RocksDBException {
        batch.delete(entries, key);
    }

    void deleteDeadline(WriteBatch batch, byte[] key, long deadline) throws RocksDBException {
        batch.delete(expiry, ExpiryKey.of(deadline, key));
    }

    /** Deletes from the expiry index all up to a key, that included: one deletion, which the next sweep need not step over. */
    void deleteDeadlinesUpTo(WriteBatch batch, byte[] expiryKey) throws RocksDBException {
        batch.deleteRange(expiry, NOTHING, KeyRange.behind(expiryKey));
    }

    void write(WriteBatch batch, boolean sync) throws RocksDBException {
        rocks.write(sync ? syncing : writing, batch);
    }

    <T> @Nullable T unwrap(Class<T> type) {
        return type.isInstance(rocks) ? type.cast(rocks) : null;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        natives.close();
    }
}
