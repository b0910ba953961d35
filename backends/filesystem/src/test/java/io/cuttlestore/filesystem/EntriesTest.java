package io.cuttlestore.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.cuttlestore.CorruptEntryException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.ScanRequest;
import io.cuttlestore.spi.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Entries in a folder")
class EntriesTest {
    private static final List<String> NASTY = List.of(
            "../x",
            "/etc/x",
            "a/b",
            "a",
            "A",
            "7",
            "007",
            "7.0",
            " 7",
            "nul\0",
            "..",
            ".",
            "con",
            "\ud83e\udd91",
            "caf\u00e9",
            "cafe\u0301",
            "k".repeat(1024),
            "k".repeat(1023),
            "\u00e9".repeat(512),
            "%2e%2e",
            "a\nb",
            "*",
            "?");

    private Folder folder;
    private Path outside;
    private Backend backend;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        outside = temporary;
        folder = new Folder(temporary.resolve("store"));
        backend = folder.open();
    }

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    @DisplayName("whose keys look like paths stay inside the folder (a fault of the Rust crate)")
    void keysStayInside() {
        NASTY.forEach(key -> Folder.put(backend, key, "value of " + key));
        assertThat(Folder.list(outside)).containsExactly("store");
        assertThat(Folder.list(folder.path)).allMatch(name -> name.matches("[0-9a-f]{2}|\\.cuttlestore"));
        assertThat(NASTY).allSatisfy(key -> assertThat(folder.file(key)).isRegularFile());
    }

    @Test
    @DisplayName(
            "keep keys apart that hold / or over 255 bytes, or differ in case or spelling (a fault of the Rust crate)")
    void keysAreDistinct() {
        NASTY.forEach(key -> Folder.put(backend, key, "value of " + key));
        assertThat(NASTY).allSatisfy(key -> assertThat(Folder.get(backend, key)).isEqualTo("value of " + key));
        assertThat(Folder.keys(backend, "", 3)).containsExactlyInAnyOrderElementsOf(NASTY);
        assertThat(Folder.keys(backend, "k", 3)).containsExactlyInAnyOrder("k".repeat(1024), "k".repeat(1023));
        NASTY.forEach(key -> assertThat(Folder.delete(backend, key)).isTrue());
        assertThat(Folder.keys(backend, "", 3)).isEmpty();
    }

    @Test
    @DisplayName("may be deleted when they are not there (a fault of the Rust crate)")
    void deleteMissing() {
        assertThat(Folder.delete(backend, "nobody")).isFalse();
        assertThat(backend.execute(new Delete(Folder.key("nobody"), Condition.ALWAYS, true, Folder.soon()))
                        .old())
                .isNull();
    }

    @Test
    @DisplayName("lie under their readable keys, private to their owner")
    void layout() throws IOException {
        Folder.put(backend, "orders:7", "v");
        Path file = folder.file("orders:7");
        assertThat(file).hasFileName("orders%3a7");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (Stream<Path> all = Files.walk(folder.path)) {
            assertThat(all)
                    .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .endsWith("------"));
        }
    }

    @Test
    @DisplayName("are never seen half-written, and none is lost for being read meanwhile (a fault of the Rust crate)")
    void atomicPut() throws Exception {
        List<String> values = List.of("a".repeat(10), "b".repeat(100_000), "c".repeat(1_000));
        Folder.put(backend, "k", values.get(0));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Future<?> writer = threads.submit(() -> {
                for (int i = 0; i < 400; i++) {
                    Folder.put(backend, "k", values.get(i % values.size()));
                }
            });
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                readers.add(threads.submit(() -> {
                    while (!writer.isDone()) {
                        assertThat(Folder.get(backend, "k")).isIn(values);
                    }
                }));
            }
            writer.get();
            for (Future<?> reader : readers) {
                reader.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(folder.temporaryFiles()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "whose files become something else under an open store are refused without hanging, seen before or missed")
    void damagedMeanwhile(Damage damage) throws Exception {
        Folder.put(backend, "seen", "v");
        assertThat(Folder.get(backend, "seen")).isEqualTo("v");
        assertThat(Folder.get(backend, "missed")).isNull();
        for (String key : List.of("seen", "missed")) {
            damage.plant(folder, key);
            assertTimeoutPreemptively(
                    Duration.ofSeconds(10),
                    () -> assertThatExceptionOfType(CorruptEntryException.class)
                            .isThrownBy(() -> Folder.get(backend, key)));
            assertThat(Files.exists(folder.file(key), LinkOption.NOFOLLOW_LINKS))
                    .isTrue();
        }
    }

    @Test
    @DisplayName("are missing where a link leads nowhere, whether they were seen before or missed")
    void danglingLink() throws IOException {
        Folder.put(backend, "seen", "v");
        Files.delete(folder.file("seen"));
        Files.createSymbolicLink(folder.file("seen"), Path.of("nowhere"));
        assertThat(Folder.get(backend, "seen")).isNull();
        assertThat(Folder.get(backend, "seen")).isNull();
        Folder.put(backend, "seen", "w");
        assertThat(Folder.get(backend, "seen")).isEqualTo("w");
    }

    @Test
    @DisplayName("that come and go are there or not, and never taken for something else")
    void comeAndGo() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<?> writer = threads.submit(() -> {
                for (int i = 0; i < 3_000; i++) {
                    Folder.put(backend, "k", "v");
                    Folder.delete(backend, "k");
                }
            });
            while (!writer.isDone()) {
                assertThat(Folder.get(backend, "k")).isIn(null, "v");
            }
            writer.get();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("are scanned while the first ones of their shards come")
    void firstOfTheirShards() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < 4; round++) {
                try (Backend fresh = new Folder(outside.resolve("fresh" + round)).open()) {
                    Future<?> writer =
                            threads.submit(() -> IntStream.range(0, 300).forEach(i -> Folder.put(fresh, "k" + i, "v")));
                    while (!writer.isDone()) {
                        assertThat(Folder.keys(fresh, "", 1_000)).doesNotHaveDuplicates();
                    }
                    writer.get();
                    assertThat(Folder.keys(fresh, "", 1_000)).hasSize(300);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("have values of any length, at the edges of the read buffers too, up to a declared gibibyte")
    void limits() {
        assertThat(backend.capabilities().limits().maxValueBytes()).isEqualTo(1 << 30);
        for (int length :
                new int[] {0, 1, ReadBuffers.SIZE - 41, ReadBuffers.SIZE - 40, 3 * ReadBuffers.SIZE, 5_000_000}) {
            String value = "v".repeat(length);
            Folder.put(backend, "k", value);
            assertThat(Folder.get(backend, "k")).isEqualTo(value);
        }
    }

    @Test
    @DisplayName("keep their version when touched, and get another when written again")
    void versions() {
        Folder.put(backend, "k", "v");
        String version = Folder.entry(backend, "k").version();
        assertThat(Folder.touch(backend, "k", Expiry.after(Duration.ofMinutes(1))))
                .isTrue();
        Stored touched = Folder.entry(backend, "k");
        assertThat(touched.version()).isEqualTo(version);
        assertThat(touched.expiresAt()).isEqualTo(folder.now.get() + 60_000);
        Folder.put(backend, "k", "v");
        assertThat(Folder.entry(backend, "k").version()).isNotEqualTo(version);
        assertThat(Folder.entry(backend, "k").expiresAt()).isEqualTo(Stored.NEVER);
    }

    @Test
    @DisplayName("are written only while their condition holds")
    void conditions() {
        assertThat(backend.execute(Folder.put("k", "1", Expiry.NEVER, Condition.IF_ABSENT)))
                .isTrue();
        assertThat(backend.execute(Folder.put("k", "2", Expiry.NEVER, Condition.IF_ABSENT)))
                .isFalse();
        String version = Folder.entry(backend, "k").version();
        assertThat(backend.execute(Folder.put("k", "3", Expiry.KEEP, Condition.ifVersion(version))))
                .isTrue();
        assertThat(backend.execute(Folder.put("k", "4", Expiry.KEEP, Condition.ifVersion(version))))
                .isFalse();
        assertThat(Folder.get(backend, "k")).isEqualTo("3");
        assertThat(backend.execute(new Delete(Folder.key("k"), Condition.ifVersion(version), true, Folder.soon()))
                        .deleted())
                .isFalse();
        assertThat(Folder.text(backend.execute(new Delete(Folder.key("k"), Condition.ALWAYS, true, Folder.soon()))
                        .old()))
                .isEqualTo("3");
        assertThat(Folder.get(backend, "k")).isNull();
    }

    @Test
    @DisplayName("with one name but different keys are refused, not merged")
    void hashCollision() throws IOException {
        String key = "k".repeat(200);
        String other = "k".repeat(201);
        Folder.put(backend, other, "theirs");
        Files.createDirectories(folder.file(key).getParent());
        Files.copy(folder.file(other), folder.file(key));
        assertThatExceptionOfType(CorruptEntryException.class).isThrownBy(() -> Folder.get(backend, key));
        assertThatExceptionOfType(CorruptEntryException.class).isThrownBy(() -> Folder.put(backend, key, "mine"));
        assertThatExceptionOfType(CorruptEntryException.class).isThrownBy(() -> Folder.delete(backend, key));
        assertThat(Folder.keys(backend, "", 10)).containsExactly(other);
        assertThat(folder.file(key)).hasSameBinaryContentAs(folder.file(other));
    }

    @Test
    @DisplayName("are visited exactly once, page by page, while others are replaced, added and deleted")
    void exactScan() throws Exception {
        List<String> steady =
                IntStream.range(0, 500).mapToObj(i -> "steady" + i).toList();
        steady.forEach(key -> Folder.put(backend, key, "v"));
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<?> writer = threads.submit(() -> {
                for (int i = 0; !Thread.currentThread().isInterrupted(); i++) {
                    Folder.put(backend, steady.get(i % steady.size()), "v" + i);
                    Folder.put(backend, "passing" + i, "v");
                    Folder.delete(backend, "passing" + (i - 10));
                }
            });
            for (int round = 0; round < 20; round++) {
                List<String> keys = Folder.keys(backend, "", 7);
                assertThat(keys).doesNotHaveDuplicates().containsAll(steady);
                assertThat(Folder.keys(backend, "steady", 50)).containsExactlyInAnyOrderElementsOf(steady);
            }
            assertThat(writer.isDone()).isFalse();
        } finally {
            threads.shutdownNow();
            assertThat(threads.awaitTermination(10, java.util.concurrent.TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @Test
    @DisplayName("are cleared by prefix, and nothing else is")
    void clear() throws IOException {
        IntStream.range(0, 300).forEach(i -> Folder.put(backend, "a:" + i, "v"));
        IntStream.range(0, 10).forEach(i -> Folder.put(backend, "b:" + i, "v"));
        Path foreign = folder.file("a:0").resolveSibling("NOTES");
        Files.writeString(foreign, "not ours");
        String cursor = null;
        do {
            cursor = backend.clear(new ScanRequest("a:", cursor, 50, true, Folder.soon()));
        } while (cursor != null);
        assertThat(Folder.keys(backend, "", 100)).hasSize(10).allMatch(key -> key.startsWith("b:"));
        assertThat(foreign).hasContent("not ours");
    }

    @Test
    @DisplayName("are not found with a cursor that was never given")
    void wrongCursor() {
        for (String wrong : List.of("x", "0", "zz", "00/", "../x")) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .as(wrong)
                    .isThrownBy(() -> backend.page(new ScanRequest("", wrong, 10, true, Folder.soon())));
        }
    }
}
