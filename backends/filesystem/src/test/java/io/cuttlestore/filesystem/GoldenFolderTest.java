package io.cuttlestore.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A folder written by format version 1")
class GoldenFolderTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/format-1");
    private static final Instant DEADLINE = Instant.parse("2100-01-01T00:00:00Z");
    private static final Map<String, String> ENTRIES = new LinkedHashMap<>();

    static {
        ENTRIES.put("plain", "value");
        ENTRIES.put("Mixed Case", "spaces and capitals");
        ENTRIES.put("../x", "a key that looks like a path");
        ENTRIES.put("orders:7", "in a namespace");
        ENTRIES.put("con.txt", "a device on Windows");
        ENTRIES.put("nul\0", "control");
        ENTRIES.put("\ud83e\udd91", "cuttlefish");
        ENTRIES.put("caf\u00e9", "composed");
        ENTRIES.put("cafe\u0301", "decomposed");
        ENTRIES.put("k".repeat(1024), "the longest key");
        ENTRIES.put("empty", "");
        ENTRIES.put("binary", "\0\1\2\ud83e\udd91\n");
        ENTRIES.put("long", "0123456789".repeat(1_000));
    }

    private Folder folder;

    /** Writes the golden folder anew; for the next version of the format, into a folder of its own. */
    public static void main(String[] arguments) {
        try (Backend backend = new Folder(Path.of(arguments[0])).open()) {
            ENTRIES.forEach((key, value) -> Folder.put(backend, key, value));
            Folder.put(backend, "expiring", "until 2100", Expiry.at(DEADLINE));
        }
    }

    @BeforeEach
    void copy(@TempDir Path temporary) throws IOException {
        folder = new Folder(temporary.resolve("copy"));
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, folder.path.resolve(GOLDEN.relativize(file).toString()));
            }
        }
    }

    @Test
    @DisplayName("is read, every entry of it")
    void read() {
        try (Backend backend = folder.open()) {
            assertThat(backend.storeId()).isEqualTo("e8aafee697c47ad87f76f91d985574f7");
            ENTRIES.forEach((key, value) -> {
                Stored entry = Folder.entry(backend, key);
                assertThat(Folder.text(entry)).as(key).isEqualTo(value);
                assertThat(entry.expiresAt()).isEqualTo(Stored.NEVER);
            });
            Stored expiring = Folder.entry(backend, "expiring");
            assertThat(Folder.text(expiring)).isEqualTo("until 2100");
            assertThat(expiring.expiresAt()).isEqualTo(DEADLINE.toEpochMilli());
            assertThat(expiring.version()).isEqualTo("8dd9af1f3dd95493");
            assertThat(Folder.keys(backend, "", 4)).hasSize(ENTRIES.size() + 1).containsAll(ENTRIES.keySet());
        }
    }

    @Test
    @DisplayName("is swept by the logs that are in it")
    void sweep() {
        try (Backend backend = folder.open()) {
            folder.now.set(DEADLINE.toEpochMilli());
            assertThat(backend.deleteExpired(10, Folder.soon())).isEqualTo(1);
            assertThat(folder.file("expiring")).doesNotExist();
        }
    }

    @Test
    @DisplayName("is found where the present version would put it")
    void places() {
        ENTRIES.keySet().forEach(key -> assertThat(folder.file(key)).isRegularFile());
    }
}
