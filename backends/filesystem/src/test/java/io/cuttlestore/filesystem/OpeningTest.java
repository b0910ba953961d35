package io.cuttlestore.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.Durability;
import io.cuttlestore.IncompatibleStoreException;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.TripCost;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Opening a folder")
class OpeningTest {
    private Path temporary;
    private Folder folder;

    @BeforeEach
    void choose(@TempDir Path temporary) {
        this.temporary = temporary;
        this.folder = new Folder(temporary.resolve("some/store"));
    }

    @Test
    @DisplayName("makes it, and finds the same store there again")
    void reopening() throws IOException {
        String id;
        try (Backend backend = folder.open()) {
            id = backend.storeId();
            Folder.put(backend, "k", "v");
            assertThat(backend.location()).isEqualTo("filesystem://" + folder.path.toRealPath());
            assertThat(backend.unwrap(Path.class)).isEqualTo(folder.path.toRealPath());
        }
        try (Backend backend = folder.open()) {
            assertThat(backend.storeId()).isEqualTo(id);
            assertThat(Folder.get(backend, "k")).isEqualTo("v");
        }
        try (Backend other = new Folder(temporary.resolve("other")).open()) {
            assertThat(other.storeId()).isNotEqualTo(id);
        }
    }

    @Test
    @DisplayName("works through the public API, with relative and absolute paths")
    void publicApi() throws IOException {
        Path relative = Path.of("target", "relative store " + System.nanoTime());
        String encoded = relative.toString().replace(" ", "%20");
        try (Cuttlestore<String> store = Cuttlestore.open("filesystem://./" + encoded, String.class)) {
            store.put("k", "v");
        }
        try (Cuttlestore<String> store =
                Cuttlestore.open("filesystem://" + Path.of(encoded).toAbsolutePath(), String.class)) {
            assertThat(store.get("k")).contains("v");
        }
        assertThat(relative).isDirectory();
    }

    @Test
    @DisplayName("declares what was asked for")
    void durability() {
        try (Backend process = folder.open();
                Backend power = folder.open("?durability=power")) {
            assertThat(process.capabilities().traits().durability()).isEqualTo(Durability.PROCESS);
            assertThat(process.capabilities().traits().trip()).isEqualTo(TripCost.CHEAP);
            assertThat(power.capabilities().traits().durability()).isEqualTo(Durability.POWER);
            assertThat(power.capabilities().traits().trip()).isEqualTo(TripCost.DEAR);
            assertThat(power.capabilities().traits().server()).endsWith(" on " + System.getProperty("os.name"));
        }
    }

    @Test
    @DisplayName("at once in many threads makes one store")
    void race() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<String>> ids = threads.invokeAll(java.util.Collections.nCopies(32, () -> {
                try (Backend backend = folder.open()) {
                    return backend.storeId();
                }
            }));
            Set<String> distinct = new HashSet<>();
            for (Future<String> id : ids) {
                distinct.add(id.get());
            }
            assertThat(distinct).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("needs a path, and knows its options")
    void badStrings() {
        assertThatExceptionOfType(InvalidConnectionStringException.class)
                .isThrownBy(() -> CuttlestoreConnection.open("filesystem://"))
                .withMessageContaining("filesystem://./relative");
        assertThatExceptionOfType(InvalidConnectionStringException.class)
                .isThrownBy(() -> CuttlestoreConnection.open("filesystem:///tmp/nul%00"));
        assertThatExceptionOfType(InvalidConnectionStringException.class)
                .isThrownBy(() -> CuttlestoreConnection.open("filesystem://" + folder.path + "?durabilty=power"))
                .withMessageContaining("did you mean 'durability'?")
                .withMessageContaining("allow-network-filesystem");
        assertThatExceptionOfType(InvalidConnectionStringException.class)
                .isThrownBy(() -> CuttlestoreConnection.open("filesystem://" + folder.path + "?durability=none"))
                .withMessageContaining("process, power");
        assertThat(folder.path).doesNotExist();
    }

    @Test
    @DisplayName("refuses a file where a folder is expected")
    void fileInPlace() throws IOException {
        Files.createDirectories(folder.path.getParent());
        Files.writeString(folder.path, "precious");
        assertThatExceptionOfType(IncompatibleStoreException.class)
                .isThrownBy(() -> folder.open())
                .withMessageContaining("not a folder");
        assertThatExceptionOfType(StoreFailedException.class)
                .isThrownBy(() -> new Folder(folder.path.resolve("deeper/still")).open())
                .withMessageContaining("Not a directory");
        assertThat(folder.path).hasContent("precious");
    }

    @Test
    @DisplayName("refuses a store of a newer format, and changes nothing in it")
    void newerFormat() throws IOException {
        folder.open().close();
        Path format = folder.control("format");
        Files.delete(folder.control("tmp"));
        String newer = Files.readString(format).replace("filesystem 1\n", "filesystem 2\ncolour blue\n");
        Files.writeString(format, newer);
        assertThatExceptionOfType(IncompatibleStoreException.class)
                .isThrownBy(() -> folder.open())
                .withMessageContaining("version 2")
                .withMessageContaining("newer");
        assertThat(format).hasContent(newer);
        assertThat(folder.control("tmp")).doesNotExist();
    }

    @Test
    @DisplayName("refuses a damaged description of the store, and leaves it")
    void damagedFormat() throws IOException {
        folder.open().close();
        for (String damaged :
                List.of("", "cuttlestore filesystem 1\n", "cuttlestore filesystem 1\nstore x\n", "hello")) {
            Files.writeString(folder.control("format"), damaged);
            assertThatExceptionOfType(IncompatibleStoreException.class).isThrownBy(() -> folder.open());
            assertThat(folder.control("format")).hasContent(damaged);
        }
    }

    @Test
    @DisplayName("accepts a folder with other things in it, which stay and are not entries")
    void foreignContents() throws IOException {
        Files.createDirectories(folder.path.resolve("photos"));
        Files.writeString(folder.path.resolve("README.md"), "mine");
        try (Backend backend = folder.open()) {
            Folder.put(backend, "k", "v");
            assertThat(Folder.keys(backend, "", 10)).containsExactly("k");
        }
        assertThat(folder.path.resolve("README.md")).hasContent("mine");
        assertThat(folder.path.resolve("photos")).isEmptyDirectory();
    }

    @Test
    @DisplayName("refuses a folder where other things have the names of shards, and adds nothing to it")
    void foreignShards() throws IOException {
        Files.createDirectories(folder.path.resolve("3F"));
        assertThatExceptionOfType(IncompatibleStoreException.class)
                .isThrownBy(() -> folder.open())
                .withMessageContaining("3F");
        assertThat(Folder.list(folder.path)).containsExactly("3F");
    }

    @Test
    @DisplayName("refuses a store whose description was removed, rather than make another over it")
    void lostFormat() throws IOException {
        try (Backend backend = folder.open()) {
            Folder.put(backend, "k", "v");
        }
        Files.delete(folder.control("format"));
        assertThatExceptionOfType(IncompatibleStoreException.class)
                .isThrownBy(() -> folder.open())
                .withMessageContaining("restore");
        assertThat(folder.file("k")).exists();
    }

    @Test
    @DisplayName("goes through a link to the folder, but not through links within it")
    void links() throws IOException {
        try (Backend backend = folder.open()) {
            Folder.put(backend, "k", "v");
        }
        Path link = Files.createSymbolicLink(temporary.resolve("link"), folder.path);
        try (Backend backend = new Folder(link).open()) {
            assertThat(backend.location()).isEqualTo("filesystem://" + folder.path.toRealPath());
            assertThat(Folder.get(backend, "k")).isEqualTo("v");
        }
        Path shard = folder.file("k").getParent();
        Path moved = Files.move(shard, temporary.resolve("moved"));
        Files.createSymbolicLink(shard, moved);
        try (Backend backend = folder.open()) {
            assertThatExceptionOfType(StoreFailedException.class).isThrownBy(() -> Folder.get(backend, "k"));
            assertThatExceptionOfType(StoreFailedException.class).isThrownBy(() -> Folder.put(backend, "k", "w"));
            assertThatExceptionOfType(StoreFailedException.class).isThrownBy(() -> Folder.delete(backend, "k"));
            assertThatExceptionOfType(StoreFailedException.class).isThrownBy(() -> Folder.keys(backend, "", 10));
        }
        assertThat(Folder.list(moved)).containsExactly("k");
    }

    @Test
    @DisplayName("refuses a link in place of its own folder or its lock file")
    void linkedControl() throws IOException {
        Path elsewhere = Files.createDirectories(temporary.resolve("elsewhere"));
        Files.createDirectories(folder.path);
        Files.createSymbolicLink(folder.path.resolve(".cuttlestore"), elsewhere);
        assertThatExceptionOfType(IncompatibleStoreException.class).isThrownBy(() -> folder.open());
        assertThat(elsewhere).isEmptyDirectory();
        Files.delete(folder.path.resolve(".cuttlestore"));
        Files.createDirectories(folder.path.resolve(".cuttlestore"));
        Files.createSymbolicLink(folder.control("lock"), temporary.resolve("elsewhere/lock"));
        assertThatExceptionOfType(IncompatibleStoreException.class).isThrownBy(() -> folder.open());
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    @DisplayName("sweeps away what processes left that ended in the middle of a write, and not what others write")
    void leftovers() throws IOException {
        try (Backend first = folder.open()) {
            Folder.put(first, "k", "v");
            String slot = Folder.list(folder.control("tmp")).get(0);
            Path shard = folder.file("k").getParent();
            Path abandoned = Files.createFile(shard.resolve(".00000007-1"));
            Files.createFile(folder.control("tmp").resolve("00000007"));
            Path inUse = Files.createFile(shard.resolve("." + slot + "-1f"));
            Path foreign = Files.createFile(shard.resolve(".notes"));
            try (Backend second = folder.open()) {
                assertThat(Folder.keys(second, "", 10)).containsExactly("k");
                second.deleteExpired(10, Deadline.after(Duration.ZERO));
                assertThat(abandoned).as("when there is no time left").exists();
                second.deleteExpired(10, Folder.soon());
            }
            assertThat(abandoned).doesNotExist();
            assertThat(inUse).exists();
            assertThat(foreign).exists();
            assertThat(Folder.list(folder.control("tmp"))).containsExactly(slot);
        }
        assertThat(Folder.list(folder.control("tmp"))).isEmpty();
    }

    @Test
    @DisplayName("does not mind when a shard is removed while it is in use")
    void shardGone() throws IOException {
        try (Backend backend = folder.open()) {
            Folder.put(backend, "k", "v");
            Files.delete(folder.file("k"));
            Files.delete(folder.file("k").getParent());
            assertThat(Folder.get(backend, "k")).isNull();
            assertThat(Folder.delete(backend, "k")).isFalse();
            Folder.put(backend, "k", "w");
            assertThat(Folder.get(backend, "k")).isEqualTo("w");
        }
    }

    @Test
    @DisplayName("is noticed to be in vain once the folder is gone")
    void folderGone() throws IOException {
        try (Backend backend = folder.open()) {
            backend.ping(Folder.soon());
            Files.move(folder.path, temporary.resolve("moved"));
            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> backend.ping(Folder.soon()));
            assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> Folder.put(backend, "k", "v"));
        }
    }

    @Test
    @DisplayName("ends with all closed, even if a part fails to")
    void closingInPart() throws IOException {
        Path control = folder.path.resolve(".cuttlestore");
        try (Backend backend = folder.open()) {
            Folder.put(backend, "k", "v");
            try (Stream<Path> markers = Files.list(control.resolve("tmp"))) {
                Path marker = markers.findFirst().orElseThrow();
                Files.delete(marker);
                Files.createDirectories(marker.resolve("cannot be deleted"));
            }
        }
        Object lock = Files.readAttributes(control.resolve("lock"), BasicFileAttributes.class)
                .fileKey();
        assertThat(System.getProperty(FolderLock.CLAIM + lock)).isNull();
    }
}
