package io.cuttlestore.rocksdb;

import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.ConnectionString;
import io.cuttlestore.spi.OpenContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** What the tests of this backend share: a folder of their own, and ways into it. */
abstract class RocksDbTest {
    static final List<String> FAMILIES = List.of("default", "expiry", "cuttlestore-1");

    @TempDir
    Path folder;

    /** A clock that stands still until it is moved. */
    static final class Clock implements InstantSource {
        private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        void advance(Duration duration) {
            now = now.plus(duration);
        }
    }

    private record Context(Duration timeout, InstantSource clientClock) implements OpenContext {
        @Override
        public boolean mayCreate() {
            return true;
        }

        @Override
        public InstantSource monotonicClock() {
            return clientClock;
        }
    }

    final Path database() {
        return folder.resolve("app");
    }

    final String url() {
        return "rocksdb://" + database();
    }

    /** Opens a backend without the core around it. */
    static Backend open(String connectionString, InstantSource clock) {
        RocksDbProvider provider = new RocksDbProvider();
        ConnectionString string = ConnectionString.parse(connectionString).withOptions(provider.options());
        return provider.open(string, new Context(Duration.ofSeconds(5), clock));
    }

    /** Something done to a database as another program would do it. */
    interface Deed {
        void on(RocksDB rocks, List<ColumnFamilyHandle> families) throws RocksDBException;
    }

    /** Opens a database with these column families, which are made if they are missing, as another program would. */
    static void asAnother(Path database, List<String> families, Deed deed) throws RocksDBException {
        List<ColumnFamilyHandle> handles = new ArrayList<>();
        List<ColumnFamilyDescriptor> descriptors = families.stream()
                .map(name -> new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.UTF_8)))
                .toList();
        try (DBOptions options = new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
                RocksDB rocks = RocksDB.open(options, database.toString(), descriptors, handles)) {
            deed.on(rocks, handles);
            handles.forEach(ColumnFamilyHandle::close);
        }
    }

    /** What lies in a folder: the names of files and folders, and the bytes of the files. */
    static Map<String, String> contents(Path place) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(place)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                contents.put(
                        place.relativize(path).toString(),
                        Files.isRegularFile(path) ? Files.readString(path, StandardCharsets.ISO_8859_1) : "");
            }
        }
        return contents;
    }

    /** The files of a database whose names end so. */
    static List<Path> files(Path database, String suffix) throws IOException {
        try (Stream<Path> paths = Files.list(database)) {
            return paths.filter(path -> path.toString().endsWith(suffix))
                    .sorted()
                    .toList();
        }
    }
}
