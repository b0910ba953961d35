package io.cuttlestore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.AccessDeniedException;
import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.Durability;
import io.cuttlestore.IncompatibleStoreException;
import io.cuttlestore.InvalidConnectionStringException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.RocksDB;

class OpeningTest extends RocksDbTest {
    private static void putAndGet(String url) {
        try (Cuttlestore<String> store = Cuttlestore.open(url, String.class)) {
            store.put("k", "v");
            assertThat(store.get("k")).hasValue("v");
        }
    }

    /** The place is refused, and all in the folder stays as it is. */
    private void refused(Class<? extends CuttlestoreException> type, String message) throws Exception {
        Map<String, String> before = contents(folder);
        assertThatThrownBy(() -> Cuttlestore.open(url(), String.class))
                .isInstanceOf(type)
                .hasMessageContaining(message)
                .hasMessageContaining(database().toString());
        assertThat(contents(folder)).isEqualTo(before);
    }

    @Test
    void foldersAreMadeForTheirOwnerOnly() throws Exception {
        putAndGet("rocksdb://" + folder.resolve("a/b"));
        for (String name : List.of("a", "a/b")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                    .as(name)
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void anEmptyFolderBecomesAStoreAndKeepsItsPermissions() throws Exception {
        Files.createDirectory(database());
        Files.setPosixFilePermissions(database(), PosixFilePermissions.fromString("rwxr-x---"));
        putAndGet(url());
        putAndGet(url());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(database())))
                .isEqualTo("rwxr-x---");
    }

    @Test
    void pathsMayBeRelative() throws Exception {
        Path relative = Path.of("target", "relative-" + System.nanoTime());
        putAndGet("rocksdb://./" + relative);
        assertThat(relative.resolve("CURRENT")).isRegularFile();
        putAndGet("rocksdb://" + relative);
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "100%", "what?", "a#b&c=d;e", "é-日本", "'; --", "rocksdb:x"})
    void everyNameStandsForItself(String name) throws Exception {
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            encoded.append(String.format("%%%02X", b));
        }
        putAndGet("rocksdb://" + folder + "/" + encoded);
        assertThat(folder.resolve(name).resolve("CURRENT")).isRegularFile();
        try (var inFolder = Files.list(folder)) {
            assertThat(inFolder).hasSize(1);
        }
    }

    @Test
    void aNameThatTheDriverWouldChangeIsRefused() {
        assertThatThrownBy(() -> Cuttlestore.open("rocksdb://" + folder + "/\uD83E\uDD91", String.class))
                .isInstanceOf(InvalidConnectionStringException.class)
                .hasMessageContaining("name another folder");
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rocksdb:", "rocksdb://", "rocksdb://a%00b"})
    void aPlaceThatNamesNoFolderIsRefused(String url) {
        assertThatThrownBy(() -> Cuttlestore.open(url, String.class))
                .isInstanceOf(InvalidConnectionStringException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"memory=7", "memory=x", "durability=none", "create_if_missing=true", "wal_dir=/tmp"})
    void badOptionsAreRefused(String option) {
        assertThatThrownBy(() -> Cuttlestore.open(url() + "?" + option, String.class))
                .isInstanceOf(InvalidConnectionStringException.class);
        assertThat(database()).doesNotExist();
    }

    @Test
    void whatIsDeclaredIsTrue() throws Exception {
        try (CuttlestoreConnection connection = CuttlestoreConnection.open(url());
                CuttlestoreConnection power = CuttlestoreConnection.open(url() + "?durability=power")) {
            assertThat(connection.location())
                    .isEqualTo("rocksdb://" + database().toRealPath());
            assertThat(connection.capabilities().traits().durability()).isEqualTo(Durability.PROCESS);
            assertThat(power.capabilities().traits().durability()).isEqualTo(Durability.POWER);
            assertThat(connection.capabilities().traits().server()).matches("RocksDB \\d+\\.\\d+\\.\\d+");
            assertThat(connection.capabilities().supports(Capability.SHARED)).isFalse();
            assertThat(connection.unwrap(RocksDB.class)).isSameAs(power.unwrap(RocksDB.class));
            connection.ping();
        }
    }

    @Test
    void connectionsOfOneProcessShareTheDatabaseByWhateverPath() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), database());
        try (Cuttlestore<String> store = Cuttlestore.open(url(), String.class);
                Cuttlestore<String> same = Cuttlestore.open("rocksdb://" + link + "?durability=power", String.class)) {
            same.put("k", "v");
            assertThat(store.get("k")).hasValue("v");
            store.close();
            assertThat(same.get("k")).hasValue("v");
        }
    }

    @Test
    void aLinkToAPlaceThatTheDriverCannotNameIsRefused() throws Exception {
        Path target = Files.createDirectory(folder.resolve("\uD83D\uDCE6"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), target);
        assertThatThrownBy(() -> Cuttlestore.open("rocksdb://" + link, String.class))
                .isInstanceOf(InvalidConnectionStringException.class)
                .hasMessageContaining("does not pass on");
        assertThat(target).isEmptyDirectory();
        try (Stream<Path> beside = Files.list(folder)) {
            assertThat(beside).containsExactlyInAnyOrder(target, link);
        }
    }

    @Test
    void connectionsOfOneProcessCannotDifferInMemory() {
        try (Cuttlestore<String> store = Cuttlestore.open(url() + "?memory=32", String.class)) {
            store.put("k", "v");
            assertThatThrownBy(() -> Cuttlestore.open(url(), String.class))
                    .isInstanceOf(InvalidConnectionStringException.class)
                    .hasMessageContaining("memory=32");
        }
        putAndGet(url());
    }

    @Test
    void theStoreIdSurvivesReopeningAndDiffersBetweenFolders() {
        String first;
        try (var backend = open(url(), new Clock())) {
            first = backend.storeId();
        }
        try (var again = open(url(), new Clock());
                var other = open("rocksdb://" + folder.resolve("other"), new Clock())) {
            assertThat(again.storeId()).isEqualTo(first).matches("[0-9a-f]{16}");
            assertThat(other.storeId()).isNotEqualTo(first);
        }
    }

    @Test
    void aFileIsRefused() throws Exception {
        Files.writeString(database(), "These are notes, and nobody has a copy of them.");
        refused(IncompatibleStoreException.class, "is not a folder");
    }

    @Test
    void aFileInPlaceOfAFolderAboveIsRefused() throws Exception {
        Files.writeString(folder.resolve("file"), "text");
        assertThatThrownBy(() -> Cuttlestore.open("rocksdb://" + folder + "/file/app", String.class))
                .isInstanceOf(IncompatibleStoreException.class)
                .hasMessageContaining("is not a folder");
    }

    @Test
    void aFolderOfOtherThingsIsRefusedUntouched() throws Exception {
        Files.createDirectories(database().resolve("photos"));
        Files.writeString(database().resolve("notes.txt"), "Nobody has a copy of them.");
        refused(IncompatibleStoreException.class, "neither empty nor a RocksDB database");
    }

    @Test
    void theDatabaseOfAnotherApplicationIsRefusedUntouched() throws Exception {
        asAnother(database(), List.of("default"), (rocks, families) -> rocks.put(new byte[1], new byte[1]));
        refused(IncompatibleStoreException.class, "another application");
    }

    @Test
    void theDatabaseOfAnotherApplicationWithFamiliesOfItsOwnIsRefusedUntouched() throws Exception {
        asAnother(database(), List.of("default", "expiry", "people"), (rocks, families) -> {});
        refused(IncompatibleStoreException.class, "another application");
    }

    @Test
    void aNewerFormatIsRefusedUntouched() throws Exception {
        asAnother(database(), List.of("default", "expiry", "cuttlestore-2"), (rocks, families) -> {});
        refused(IncompatibleStoreException.class, "has format 2");
    }

    @Test
    void aFileThatOnlyHasTheNameOfADatabasesIsRefusedUntouched() throws Exception {
        Files.createDirectory(database());
        Files.writeString(database().resolve("CURRENT"), "of the river");
        refused(CuttlestoreException.class, "rocksdb");
    }

    @Test
    void aFolderThatMayNotBeWrittenIsRefused() throws Exception {
        Path place = Files.createDirectory(folder.resolve("disk"));
        try (ReadOnlyFolder disk = new ReadOnlyFolder(place)) {
            putAndGet("rocksdb://" + place + "/app");
            disk.protect();
            for (String name : List.of("app", "new")) {
                assertThatThrownBy(() -> Cuttlestore.open("rocksdb://" + place + "/" + name, String.class))
                        .isInstanceOf(AccessDeniedException.class)
                        .hasMessageContaining("not readable and writable");
            }
        }
    }

    @Test
    void whatACreationLeftUndoneIsMade() throws Exception {
        Files.createDirectory(database());
        Files.createFile(database().resolve("cuttlestore-draft"));
        asAnother(database(), List.of("default"), (rocks, families) -> {});
        putAndGet(url());
        assertThat(database().resolve("cuttlestore-draft")).doesNotExist();
        putAndGet(url());
    }
}
