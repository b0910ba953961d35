package io.cuttlestore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.AccessDeniedException;
import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.Durability;
import io.cuttlestore.IncompatibleStoreException;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.spi.Deadline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningTest extends SqliteTest {
    private static void putAndGet(String url) {
        try (Cuttlestore<String> store = Cuttlestore.open(url, String.class)) {
            store.put("k", "v");
            assertThat(store.get("k")).hasValue("v");
        }
    }

    @Test
    void fileAndFoldersAreMadeForTheirOwnerOnly() throws IOException {
        Path file = folder.resolve("a/b/app.db");
        try (Cuttlestore<String> store = Cuttlestore.open("sqlite://" + file, String.class)) {
            store.put("k", "v");
            for (String name : List.of("a/b/app.db", "a/b/app.db-wal", "a/b/app.db-shm")) {
                assertThat(permissions(name)).as(name).isEqualTo("rw-------");
            }
            assertThat(permissions("a")).isEqualTo("rwx------");
            assertThat(permissions("a/b")).isEqualTo("rwx------");
        }
        assertThat(listing()).containsExactly("a", "a/b", "a/b/app.db");
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name)));
    }

    @Test
    void permissionsThatAreThereStay() throws IOException {
        Files.createFile(file());
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-r--"));
        putAndGet(url());
        assertThat(permissions("app.db")).isEqualTo("rw-rw-r--");
    }

    @Test
    void pathsMayBeRelative() throws IOException {
        Path relative = Path.of("target", "relative-" + System.nanoTime());
        try {
            putAndGet("sqlite://./" + relative + "/app.db");
            assertThat(relative.resolve("app.db")).isRegularFile();
            putAndGet("sqlite://" + relative + "/app.db");
        } finally {
            Files.delete(relative.resolve("app.db"));
            Files.delete(relative);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with space.db",
                "100%.db",
                "what?.db",
                "a#b&c=d;e.db",
                "mode=memory",
                "file:x.db",
                "é-日本.db",
                ":resource:x.db",
                ":resource:http:x.db",
                ":memory:x",
                "jdbc:sqlite:x.db",
                "file::memory:?cache=shared",
                "x.db?mode=memory&cache=private",
                "x.db?vfs=unix-none&immutable=1",
                "x.db?enable_load_extension=true",
                "x.db%3Fmode%3Dmemory",
                "x.db;drop",
                "'; ATTACH 'y.db' AS y; --"
            })
    void everyFileNameStandsForItself(String name) throws Exception {
        StringBuilder encoded = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            encoded.append(String.format("%%%02X", b));
        }
        putAndGet("sqlite://" + folder + "/" + encoded);
        assertThat(listing()).containsExactly(name);
    }

    @Test
    void anEmptyFileBecomesAStore() throws IOException {
        Files.createFile(file());
        putAndGet(url());
        putAndGet(url());
    }

    @Test
    void theStoreIdSurvivesReopeningAndDiffersBetweenFiles() {
        String first;
        try (var backend = open(url(), new Clock())) {
            first = backend.storeId();
        }
        try (var again = open(url(), new Clock());
                var other = open("sqlite://" + folder.resolve("other.db"), new Clock())) {
            assertThat(again.storeId()).isEqualTo(first).matches("[0-9a-f]{16}");
            assertThat(other.storeId()).isNotEqualTo(first);
        }
    }

    @Test
    void whatIsDeclaredIsTrue() throws Exception {
        try (CuttlestoreConnection connection = CuttlestoreConnection.open(url())) {
            assertThat(connection.location()).isEqualTo("sqlite://" + file().toRealPath());
            assertThat(connection.capabilities().traits().durability()).isEqualTo(Durability.PROCESS);
            assertThat(connection.capabilities().traits().server()).matches("SQLite \\d+\\.\\d+\\.\\d+");
            assertThat(connection.capabilities().supports(Capability.SURVIVES_FAILOVER))
                    .isFalse();
            connection.ping();
        }
    }

    @Test
    void thePowerOptionWaitsForTheDiskAtEveryCommit() {
        assertThat(synchronous(Synchronous.PROCESS)).isEqualTo("1");
        assertThat(synchronous(Synchronous.POWER)).isEqualTo("2");
        try (CuttlestoreConnection connection = CuttlestoreConnection.open(url() + "?durability=power")) {
            assertThat(connection.capabilities().traits().durability()).isEqualTo(Durability.POWER);
        }
    }

    /** The {@code PRAGMA synchronous} of the session that writes. */
    private String synchronous(Synchronous wanted) {
        String option = "?durability=" + wanted.name().toLowerCase(Locale.ROOT);
        try (var backend = open(url() + option, new Clock())) {
            Engines.Lease lease = Engines.acquire(
                    DatabaseFile.named(file().toString()).canonicalPath(), new Settings(wanted, 4), Deadline.NONE);
            try {
                return lease.engine().write(Deadline.NONE, s -> s.single("PRAGMA synchronous"));
            } finally {
                lease.release();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sqlite:", "sqlite://", "sqlite:///", "sqlite://folder/", "sqlite://:memory:", "sqlite://a%00b"})
    void aPlaceThatNamesNoFileIsRefused(String url) {
        assertThatThrownBy(() -> Cuttlestore.open(url, String.class))
                .isInstanceOf(InvalidConnectionStringException.class);
    }

    @Test
    void unknownOptionsListTheValidOnes() {
        assertThatThrownBy(() -> Cuttlestore.open(url() + "?reader=3", String.class))
                .isInstanceOf(InvalidConnectionStringException.class)
                .hasMessageContaining("did you mean")
                .hasMessageContaining("allow-network-filesystem, codec, durability");
        assertThatThrownBy(() -> Cuttlestore.open(url() + "?durability=none", String.class))
                .isInstanceOf(InvalidConnectionStringException.class)
                .hasMessageContaining("process, power");
        assertThatThrownBy(() -> Cuttlestore.open(url() + "?readers=0", String.class))
                .isInstanceOf(InvalidConnectionStringException.class);
        assertThat(file()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "enable_load_extension=true",
                "open_mode=1",
                "journal_mode=off",
                "jdbc.explicit_readonly=true",
                "transaction_mode=exclusive",
                "date_class=text",
                "password=x",
                "key=x",
                "hexkey_mode=sse",
                "mode=memory",
                "vfs=unix-none",
                "cache=shared",
                "immutable=1",
                "nolock=1",
                "psow=0",
                "DURABILITY=power",
                "durability%00=power"
            })
    void noOptionReachesTheDriverUnseen(String option) {
        assertThatThrownBy(() -> Cuttlestore.open(url() + "?" + option, String.class))
                .isInstanceOf(InvalidConnectionStringException.class)
                .hasMessageContaining("unknown option");
        assertThat(file()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:sqlite:./x.db",
                "jdbc:sqlite::resource:x.db",
                "jdbc://x.db",
                "file:./x.db?mode=memory",
                ":resource:x.db",
                "sqlite::resource:http://127.0.0.1:1/x.db",
                "sqlite:file:x.db"
            })
    void theDriversOwnStringsAreNone(String url) {
        assertThatThrownBy(() -> Cuttlestore.open(url, String.class))
                .isInstanceOf(InvalidConnectionStringException.class);
    }

    @Test
    void noExtensionCanBeLoaded() throws Exception {
        try (CuttlestoreConnection connection = CuttlestoreConnection.open(url());
                var own = connection.unwrap(DataSource.class).getConnection();
                var statement = own.createStatement()) {
            assertThatThrownBy(() -> statement.execute("SELECT load_extension('/no/such/extension')"))
                    .hasMessageContaining("not authorized");
        }
    }

    @Test
    void aFolderIsRefused() throws IOException {
        Files.createDirectory(file());
        refused(IncompatibleStoreException.class, "not a file", "app.db");
    }

    @Test
    void aFileInPlaceOfAFolderIsRefused() throws IOException {
        Files.writeString(folder.resolve("file"), "text");
        assertThatThrownBy(() -> Cuttlestore.open("sqlite://" + folder + "/file/app.db", String.class))
                .isInstanceOf(IncompatibleStoreException.class)
                .hasMessageContaining("is not a folder");
        assertThat(listing()).containsExactly("file");
    }

    @Test
    void aLinkToNothingIsRefused() throws IOException {
        Files.createSymbolicLink(file(), folder.resolve("nothing"));
        refused(IncompatibleStoreException.class, "not a file", "app.db");
    }

    @Test
    void aPipeIsRefusedAndDoesNotHang() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", file().toString()).start().waitFor())
                .isZero();
        refused(IncompatibleStoreException.class, "not a file", "app.db");
    }

    @Test
    void aFileOfAnotherKindIsRefusedUntouched() throws IOException {
        Files.writeString(file(), "These are notes, and nobody has a copy of them.\n".repeat(100));
        refused(IncompatibleStoreException.class, "not a SQLite database", "app.db");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 99, 100, 511, 4095})
    void aShortFileOfAnotherKindIsRefusedUntouched(int length) throws IOException {
        Files.writeString(file(), "x".repeat(length));
        refused(IncompatibleStoreException.class, "not a SQLite database", "app.db");
    }

    @Test
    void theDatabaseOfAnotherApplicationIsRefusedUntouched() throws Exception {
        execute(file(), "CREATE TABLE cuttlestore (key TEXT, value BLOB)", "INSERT INTO cuttlestore VALUES ('k', 'v')");
        refused(IncompatibleStoreException.class, "another application", "app.db");
    }

    @Test
    void aDatabaseThatAnotherApplicationMarkedButDidNotFillIsRefusedUntouched() throws Exception {
        execute(file(), "PRAGMA application_id = 252006673");
        refused(IncompatibleStoreException.class, "another application", "app.db");
    }

    @Test
    void theOpenDatabaseOfAnotherApplicationIsRefusedUntouched() throws Exception {
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + file());
                var statement = other.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("CREATE TABLE t (x)");
            refused(IncompatibleStoreException.class, "another application", "app.db", "app.db-shm", "app.db-wal");
            statement.execute("INSERT INTO t VALUES (1)");
        }
        assertThat(query(file(), "SELECT x FROM t")).isEqualTo("1");
    }

    @Test
    void aNewerFormatIsRefusedUntouched() throws Exception {
        putAndGet(url());
        execute(file(), "PRAGMA user_version = 3");
        refused(IncompatibleStoreException.class, "has format 3", "app.db");
    }

    /** Asserts that opening fails so, and that neither the file nor the folder has changed. */
    private void refused(Class<? extends Throwable> type, String reason, String... listing) throws IOException {
        byte[] before = Files.isRegularFile(file()) ? Files.readAllBytes(file()) : new byte[0];
        assertThatThrownBy(() -> Cuttlestore.open(url(), String.class))
                .isInstanceOf(type)
                .hasMessageContaining(reason)
                .hasMessageContaining("app.db");
        byte[] after = Files.isRegularFile(file()) ? Files.readAllBytes(file()) : new byte[0];
        assertThat(after).isEqualTo(before);
        assertThat(listing()).containsExactly(listing);
    }

    @Test
    void readOnlyFilesAndFoldersAreRefused() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        try (ReadOnlyFolder readOnly = new ReadOnlyFolder(disk)) {
            String there = "sqlite://" + disk.resolve("app.db");
            putAndGet(there);
            readOnly.protect();
            assertThatThrownBy(() -> Cuttlestore.open(there, String.class))
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("not")
                    .hasMessageContaining("writable");
            assertThatThrownBy(() -> Cuttlestore.open("sqlite://" + disk + "/a/b/new.db", String.class))
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("not writable");
            assertThat(listing()).containsExactly("disk", "disk/app.db");
        }
    }

    /** Between the look at its permissions and its opening, as it were. */
    @Test
    void aFileThatSqliteCanOnlyReadIsNotOpened() throws Exception {
        putAndGet(url());
        Settings settings = new Settings(Synchronous.PROCESS, 1);
        boolean root = Shell.isRoot();
        if (root) {
            Shell.run("mount", "--bind", file().toString(), file().toString());
            Shell.run("mount", "-o", "remount,bind,ro", file().toString());
        } else {
            Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("r--r--r--"));
        }
        try {
            assertThatThrownBy(() -> Engine.open(file(), settings, Deadline.after(Duration.ofSeconds(5))))
                    .isInstanceOf(AccessDeniedException.class);
        } finally {
            if (root) {
                Shell.run("umount", file().toString());
            }
        }
    }

    @Test
    void oneFileByTwoNamesIsOneStore() throws IOException {
        putAndGet(url());
        Path link = Files.createSymbolicLink(folder.resolve("link.db"), file());
        try (Cuttlestore<String> one = Cuttlestore.open(url(), String.class);
                Cuttlestore<String> two = Cuttlestore.open("sqlite://" + link, String.class);
                Cuttlestore<String> three =
                        Cuttlestore.open("sqlite://" + folder + "/./app.db?readers=1", String.class)) {
            one.put("shared", "by all");
            assertThat(two.get("shared")).hasValue("by all");
            assertThat(three.get("shared")).hasValue("by all");
            assertThat(two.connection().location()).isEqualTo(one.connection().location());
            one.close();
            two.put("after", "one has gone");
            assertThat(three.get("after")).hasValue("one has gone");
        }
        assertThat(listing()).containsExactly("app.db", "link.db");
    }

    @Test
    void anotherFileUnderTheNameIsAnotherStore() throws IOException {
        try (Cuttlestore<String> old = Cuttlestore.open(url(), String.class)) {
            old.put("k", "old");
            Files.move(file(), folder.resolve("moved.db"));
            Files.deleteIfExists(folder.resolve("app.db-wal"));
            Files.deleteIfExists(folder.resolve("app.db-shm"));
            try (Cuttlestore<String> fresh = Cuttlestore.open(url(), String.class)) {
                assertThat(fresh.get("k")).isEmpty();
            }
        }
    }

    @Test
    void theDriversConnectionsCanBeHad() throws Exception {
        try (CuttlestoreConnection connection = CuttlestoreConnection.open(url())) {
            connection.store(String.class).put("k", "v");
            try (var own = connection.unwrap(DataSource.class).getConnection();
                    var row = own.createStatement().executeQuery("SELECT CAST(v AS TEXT) FROM entry")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("v");
            }
            assertThatThrownBy(() -> connection.unwrap(Runnable.class)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
