package io.cuttlestore.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.cuttlestore.CorruptEntryException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Expiry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody may plant who can write to a part of the folder: nothing outside is read or changed, nothing hangs. */
@DisplayName("In a folder where others plant things")
class HostileFolderTest {
    private static final Duration NO_HANG = Duration.ofSeconds(20);
    private static final String PRECIOUS = "precious, and not the store's\n".repeat(10);

    private Path temporary;
    private Path outside;
    private Folder folder;

    /** What stands in for a file that the store is about to write or read. */
    enum Planted {
        SYMBOLIC_LINK {
            @Override
            void at(Path place, Path outside) throws IOException {
                Files.createSymbolicLink(place, outside);
            }
        },
        DANGLING_LINK {
            @Override
            void at(Path place, Path outside) throws IOException {
                Files.createSymbolicLink(place, outside.resolveSibling("made"));
            }
        },
        HARD_LINK {
            @Override
            void at(Path place, Path outside) throws IOException {
                Files.createLink(place, outside);
            }
        },
        FIFO {
            @Override
            void at(Path place, Path outside) throws Exception {
                assertThat(new ProcessBuilder("mkfifo", place.toString())
                                .start()
                                .waitFor())
                        .isZero();
            }
        };

        abstract void at(Path place, Path outside) throws Exception;
    }

    @BeforeEach
    void choose(@TempDir Path temporary) throws IOException {
        this.temporary = temporary.toRealPath();
        this.folder = new Folder(this.temporary.resolve("store"));
        this.outside = Files.writeString(this.temporary.resolve("outside"), PRECIOUS);
    }

    private void assertOutsideIsUntouched() {
        assertThat(outside).hasContent(PRECIOUS);
        assertThat(Folder.list(temporary)).containsExactly("outside", "store");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "what is in place of an entry is refused, and replaced by a write or removed, but never written through")
    void inPlaceOfAnEntry(Planted planted) throws Exception {
        try (Backend backend = folder.open()) {
            Folder.put(backend, "k", "v");
            for (String write : List.of("put", "delete")) {
                Files.delete(folder.file("k"));
                planted.at(folder.file("k"), outside);
                assertTimeoutPreemptively(NO_HANG, () -> {
                    if (planted == Planted.DANGLING_LINK) {
                        assertThat(Folder.get(backend, "k")).isNull();
                    } else {
                        assertThatExceptionOfType(CorruptEntryException.class)
                                .isThrownBy(() -> Folder.get(backend, "k"));
                        assertThatExceptionOfType(CorruptEntryException.class)
                                .isThrownBy(() -> Folder.touch(backend, "k", Expiry.NEVER));
                    }
                    assertThat(Folder.keys(backend, "", 10)).isEmpty();
                    if (write.equals("delete")) {
                        Folder.delete(backend, "k");
                        assertThat(Folder.get(backend, "k")).isNull();
                    }
                    Folder.put(backend, "k", "new");
                    assertThat(Folder.get(backend, "k")).isEqualTo("new");
                });
                assertOutsideIsUntouched();
            }
        }
    }

    @Test
    @DisplayName("an entry that has a second name elsewhere is not changed under that name")
    void hardLinkedEntry() throws IOException {
        try (Backend backend = folder.open()) {
            Folder.put(backend, "k", "v");
            Path copy = Files.createLink(temporary.resolve("copy"), folder.file("k"));
            byte[] before = Files.readAllBytes(copy);
            Folder.touch(backend, "k", Expiry.after(Duration.ofHours(1)));
            assertThat(copy).hasBinaryContent(before);
            Folder.put(backend, "k", "w");
            assertThat(copy).hasBinaryContent(before);
            Folder.delete(backend, "k");
            assertThat(copy).hasBinaryContent(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("what is in place of a temporary file is not written through, and the next write goes on")
    void inPlaceOfATemporaryFile(Planted planted) throws Exception {
        try (Backend backend = folder.open()) {
            Folder.put(backend, "k", "v");
            String slot = Folder.list(folder.control("tmp")).get(0);
            planted.at(folder.file("k").resolveSibling("." + slot + "-2"), outside);
            assertTimeoutPreemptively(NO_HANG, () -> {
                assertThatExceptionOfType(StoreFailedException.class).isThrownBy(() -> Folder.put(backend, "k", "w"));
                assertThat(Folder.get(backend, "k")).isEqualTo("v");
                Folder.put(backend, "k", "w");
                assertThat(Folder.get(backend, "k")).isEqualTo("w");
            });
        }
        assertOutsideIsUntouched();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("what is in place of the draft of the store's description is not written through")
    void inPlaceOfTheDraft(Planted planted) throws Exception {
        Files.createDirectories(folder.path.resolve(".cuttlestore"));
        planted.at(folder.control("format.new"), outside);
        assertTimeoutPreemptively(NO_HANG, () -> folder.open().close());
        assertThat(Files.isRegularFile(folder.control("format"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(Files.getAttribute(folder.control("format"), "unix:nlink")).isEqualTo(1);
        assertOutsideIsUntouched();
    }

    @ParameterizedTest
    @EnumSource(names = "HARD_LINK", mode = EnumSource.Mode.EXCLUDE) // nothing tells it from the log itself
    @DisplayName("what is in place of a log of deadlines is refused and does not hang")
    void inPlaceOfALog(Planted planted) throws Exception {
        try (Backend backend = folder.open()) {
            Folder.put(backend, "k", "v");
            String slot = Folder.list(folder.control("tmp")).get(0);
            long minute = Math.floorDiv(folder.now.get() + 1_800_000, 60_000) * 60_000;
            planted.at(folder.control("expiry").resolve("%016x-%s".formatted(minute, slot)), outside);
            assertTimeoutPreemptively(
                    NO_HANG,
                    () -> assertThatExceptionOfType(StoreFailedException.class)
                            .isThrownBy(() -> Folder.put(backend, "k", "w", Expiry.after(Duration.ofMinutes(30))))
                            .withMessageContaining("is not a regular file"));
            assertThat(Folder.get(backend, "k")).isEqualTo("v");
            Folder.put(backend, "k", "w", Expiry.after(Duration.ofMinutes(40)));
        }
        assertOutsideIsUntouched();
    }

    @ParameterizedTest
    @EnumSource(names = "HARD_LINK", mode = EnumSource.Mode.EXCLUDE)
    @DisplayName("what looks like a log that is due holds up no sweep")
    void inPlaceOfADueLog(Planted planted) throws Exception {
        try (Backend backend = folder.open()) {
            Folder.put(backend, "k", "v", Expiry.after(Duration.ofSeconds(1)));
            Path log = folder.control("expiry").resolve("%016x-00000007".formatted(60_000));
            planted.at(log, outside);
            folder.now.addAndGet(120_000);
            assertTimeoutPreemptively(
                    NO_HANG,
                    () -> assertThat(backend.deleteExpired(10, Folder.soon())).isOne());
            assertThat(Files.exists(log, LinkOption.NOFOLLOW_LINKS)).isTrue();
        }
        assertOutsideIsUntouched();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a description that is none is refused without hanging")
    void inPlaceOfTheDescription(Planted planted) throws Exception {
        folder.open().close();
        Files.delete(folder.control("format"));
        planted.at(folder.control("format"), outside);
        assertTimeoutPreemptively(
                NO_HANG,
                () -> assertThatCode(() -> folder.open().close())
                        .isInstanceOf(io.cuttlestore.CuttlestoreException.class));
        assertOutsideIsUntouched();
    }

    @Test
    @DisplayName(
            "an entry that is swapped with a link again and again is read from within or refused, never through the link")
    void swappedInALoop() throws Exception {
        Folder other = new Folder(temporary.resolve("other"));
        try (Backend elsewhere = other.open();
                Backend backend = folder.open()) {
            Folder.put(elsewhere, "k", "outside");
            Folder.put(backend, "k", "inside");
            Path target = other.file("k");
            byte[] before = Files.readAllBytes(target);
            int seen = 0;
            int refused = 0;
            ExecutorService threads = Executors.newSingleThreadExecutor();
            try {
                Future<?> swapper = threads.submit(() -> swap(target, 5_000));
                while (!swapper.isDone()) {
                    try {
                        assertThat(Folder.get(backend, "k")).isIn("inside", "written");
                        seen++;
                        if (seen % 10 == 0) {
                            Folder.put(backend, "k", "written");
                            Folder.touch(backend, "k", Expiry.after(Duration.ofHours(seen)));
                        }
                    } catch (CorruptEntryException | StoreFailedException e) {
                        refused++;
                    }
                }
                swapper.get();
            } finally {
                threads.shutdownNow();
            }
            assertThat(seen).as("reads from within").isPositive();
            assertThat(refused).as("reads that met the link").isPositive();
            assertThat(target).hasBinaryContent(before);
        }
    }

    /** Puts the entry that is there now, and a link to the target, in place by turns. */
    private Void swap(Path target, int times) throws IOException {
        Path place = folder.file("k");
        byte[] entry = Files.readAllBytes(place);
        for (int i = 0; i < times; i++) {
            Path link = Files.createSymbolicLink(temporary.resolve("link"), target);
            Files.move(link, place, StandardCopyOption.ATOMIC_MOVE);
            Path file = Files.write(temporary.resolve("file"), entry);
            Files.move(file, place, StandardCopyOption.ATOMIC_MOVE);
        }
        return null;
    }

    @ParameterizedTest
    @CsvSource({"755, 755, false", "777, 755, true", "1777, 755, false", "755, 777, true", "755, 1777, true"})
    @DisplayName("a place that every user may write to is told of in the log, and works")
    void writableByAll(String above, String itself, boolean told) throws Exception {
        Path parent = Files.createDirectory(temporary.resolve("parent"));
        Folder exposed = new Folder(Files.createDirectory(parent.resolve("store")));
        chmod(above, parent);
        chmod(itself, exposed.path);
        List<String> warnings = new ArrayList<>();
        Handler handler = collecting(warnings);
        Logger logger = Logger.getLogger(StoreFolder.class.getName());
        logger.addHandler(handler);
        try (Backend backend = exposed.open()) {
            Folder.put(backend, "k", "v");
            assertThat(Folder.get(backend, "k")).isEqualTo("v");
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(warnings).hasSize(told ? 1 : 0);
        String culprit = (above.equals("777") ? parent : exposed.path).toString();
        assertThat(warnings).allMatch(warning -> warning.contains("may write to " + culprit + ","));
        for (String name : Folder.list(exposed.path)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(exposed.path.resolve(name))))
                    .as(name)
                    .isEqualTo("rwx------");
        }
    }

    private static void chmod(String mode, Path path) throws Exception {
        assertThat(new ProcessBuilder("chmod", mode, path.toString()).start().waitFor())
                .isZero();
    }

    private static Handler collecting(List<String> lines) {
        return new Handler() {
            @Override
            public void publish(LogRecord line) {
                lines.add(java.text.MessageFormat.format(line.getMessage(), line.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
