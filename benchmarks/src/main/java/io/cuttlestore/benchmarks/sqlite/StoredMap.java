package io.cuttlestore.benchmarks.sqlite;

import java.nio.file.Path;
import java.util.Map;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.jspecify.annotations.Nullable;
import org.mapdb.DB;
import org.mapdb.DBMaker;
import org.mapdb.HTreeMap;
import org.mapdb.Serializer;

/** The maps in a file that one would use instead of SQLite, each as safe as it can be told to be. */
interface StoredMap extends AutoCloseable {
    @Nullable
    String get(String key);

    /** Returns when the entry survives the end of the process, or a power cut if that was asked for. */
    void put(String key, String value);

    void putAll(Map<String, String> entries);

    @Override
    void close();

    /** H2's storage engine, which commits by writing to the file, and syncs where a power cut is to be survived. */
    static StoredMap h2(Path file, boolean survivesPowerCut) {
        MVStore store = new MVStore.Builder()
                .fileName(file.toString())
                .autoCommitDisabled()
                .open();
        MVMap<String, String> map = store.openMap("entries");
        return new StoredMap() {
            @Override
            public @Nullable String get(String key) {
                return map.get(key);
            }

            @Override
            public void put(String key, String value) {
                map.put(key, value);
                commit();
            }

            @Override
            public void putAll(Map<String, String> entries) {
                map.putAll(entries);
                commit();
            }

            private void commit() {
                store.commit();
                if (survivesPowerCut) {
                    store.sync();
                }
            }

            @Override
            public void close() {
                store.close();
            }
        };
    }

    /** MapDB with its write-ahead log, which always syncs: it knows no commit that only outlives the process. */
    static StoredMap mapDb(Path file) {
        DB db = DBMaker.fileDB(file.toFile()).transactionEnable().make();
        HTreeMap<String, String> map =
                db.hashMap("entries", Serializer.STRING, Serializer.STRING).create();
        return new StoredMap() {
            @Override
            public @Nullable String get(String key) {
                return map.get(key);
            }

            @Override
            public void put(String key, String value) {
                map.put(key, value);
                db.commit();
            }

            @Override
            public void putAll(Map<String, String> entries) {
                map.putAll(entries);
                db.commit();
            }

            @Override
            public void close() {
                db.close();
            }
        };
    }
}
