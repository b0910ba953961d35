package io.cuttlestore.filesystem;

import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.ConnectionString;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Key;
import io.cuttlestore.spi.Namespace;
import io.cuttlestore.spi.OpenContext;
import io.cuttlestore.spi.Payload;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.ScanEntry;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Stored;
import io.cuttlestore.spi.Touch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A folder under test, with a clock that stands still until it is moved. */
final class Folder {
    final Path path;
    final AtomicLong now = new AtomicLong(1_800_000_000_000L);

    Folder(Path path) {
        this.path = path;
    }

    Backend open() {
        return open("");
    }

    /** @param options with its question mark */
    Backend open(String options) {
        FilesystemProvider provider = new FilesystemProvider();
        ConnectionString string =
                ConnectionString.parse("filesystem://" + path + options).withOptions(provider.options());
        return provider.open(string, new Context());
    }

    private final class Context implements OpenContext {
        private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());

        @Override
        public Duration timeout() {
            return Duration.ofSeconds(5);
        }

        @Override
        public boolean mayCreate() {
            return true;
        }

        @Override
        public InstantSource clientClock() {
            return clock;
        }

        @Override
        public InstantSource monotonicClock() {
            return clock;
        }
    }

    static Key key(String key) {
        return Namespace.ROOT.key(key);
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(10));
    }

    static void put(Backend backend, String key, String value) {
        put(backend, key, value, Expiry.NEVER);
    }

    static void put(Backend backend, String key, String value, Expiry expiry) {
        backend.execute(put(key, value, expiry, Condition.ALWAYS));
    }

    static Put put(String key, String value, Expiry expiry, Condition condition) {
        Payload payload = Payload.of(value.getBytes(StandardCharsets.UTF_8));
        return new Put(key(key), payload, expiry, condition, soon());
    }

    static Stored entry(Backend backend, String key) {
        return backend.execute(new Get(key(key), Get.Want.ENTRY, soon()));
    }

    static String get(Backend backend, String key) {
        return text(backend.execute(new Get(key(key), Get.Want.VALUE, soon())));
    }

    static boolean delete(Backend backend, String key) {
        return backend.execute(new Delete(key(key), Condition.ALWAYS, false, soon()))
                .deleted();
    }

    static boolean touch(Backend backend, String key, Expiry expiry) {
        return backend.execute(new Touch(key(key), expiry, soon()));
    }

    static String text(Stored stored) {
        return stored == null ? null : new String(stored.payload().bytes(), StandardCharsets.UTF_8);
    }

    static List<String> keys(Backend backend, String prefix, int pageSize) {
        List<String> keys = new ArrayList<>();
        String cursor = null;
        do {
            ScanPage page = backend.page(new ScanRequest(prefix, cursor, pageSize, true, soon()));
            page.entries().stream().map(ScanEntry::key).forEach(keys::add);
            cursor = page.next();
        } while (cursor != null);
        return keys;
    }

    /** Where the entry of a key is, by the description of the format. */
    Path file(String key) {
        String name = FileNames.of(key);
        return path.resolve("%02x".formatted(FileNames.shardOf(name))).resolve(name);
    }

    Path control(String name) {
        return path.resolve(".cuttlestore").resolve(name);
    }

    /** The temporary files in all shards. */
    List<String> temporaryFiles() {
        try (Stream<Path> files = Files.walk(path)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(".") && !name.equals(".cuttlestore"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
