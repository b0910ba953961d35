package io.cuttlestore.all;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.cuttlestore.Cursor;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.IllegalKeyException;
import io.cuttlestore.IncompatibleStoreException;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.UndecodableValueException;
import io.cuttlestore.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people mistype and misplace: one clear error each, on every store alike. */
@DisplayName("Bad input gets one clear error:")
class BadInputTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "http://x, installed are filesystem",
        "sqllite://./app.db, did you mean 'sqlite'?",
        "app.db, no backend is installed for the scheme 'app.db'",
        "Redis//x, SCHEME://PLACE",
        "://x, SCHEME://PLACE",
        "'', SCHEME://PLACE",
    })
    @DisplayName("a string that names no installed backend")
    void unknownScheme(String string, String says) {
        assertThatExceptionOfType(InvalidConnectionStringException.class)
                .isThrownBy(() -> CuttlestoreConnection.open(string))
                .withMessageContaining(says)
                .withNoCause();
    }

    @ParameterizedTest
    @CsvSource({
        "sqlite://, sqlite://./app.db",
        "sqlite:, sqlite://./app.db",
        "sqlite, sqlite://./app.db",
        "filesystem://, filesystem://./relative",
        "filesystem, filesystem://./relative",
        "redis://, redis://HOST",
        "redis:, redis://HOST",
    })
    @DisplayName("a string that names no place")
    void missingPlace(String string, String says) {
        assertThatExceptionOfType(InvalidConnectionStringException.class)
                .isThrownBy(() -> CuttlestoreConnection.open(string))
                .withMessageContaining(says);
    }

    @Test
    @DisplayName("a folder where a file is expected, and a file where a folder is")
    void folderForFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a store");
        Path sub = Files.createDirectory(folder.resolve("sub"));
        assertRefusedNaming("sqlite://" + sub, sub, "not a file");
        assertRefusedNaming("filesystem://" + file, file, "not a folder");
        assertRefusedNaming("sqlite://" + file + "/app.db", file, "not a folder");
        assertThat(file).hasContent("not a store");
        assertThat(sub).isEmptyDirectory();
    }

    @Test
    @DisplayName("a file that is no SQLite database")
    void noDatabase() throws IOException {
        Path file = Files.writeString(folder.resolve("app.db"), "This is a letter to my aunt. ".repeat(100));
        String before = Files.readString(file);
        assertRefusedNaming("sqlite://" + file, file, "not a SQLite database");
        assertThat(file).hasContent(before);
        assertThat(folder.toFile().list()).containsExactly("app.db");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite://%s/typo/app.db", "filesystem://%s/typo", "filesystem://%s"})
    @DisplayName("a mistyped path, where only what exists is wanted: nothing is made")
    void mistypedPath(String form) {
        assertThatExceptionOfType(InvalidConnectionStringException.class)
                .isThrownBy(() ->
                        Cuttlestore.builder(form.formatted(folder)).existing().connect())
                .withMessageContaining("there is no store at")
                .withMessageContaining(folder.toString());
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource(names = {"FILESYSTEM", "SQLITE"})
    @DisplayName("what exists is opened where only that is wanted")
    void existing(Stores stores) {
        String url = stores.fresh(folder);
        try (Cuttlestore<String> store = Cuttlestore.open(url, String.class)) {
            store.put("k", "v");
        }
        try (Cuttlestore<String> store = Cuttlestore.builder(url).existing().open(String.class)) {
            assertThat(store.get("k")).contains("v");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a key that is no key")
    void badKeys(Stores stores) {
        Map<String, String> reasons = Map.of(
                "",
                "empty",
                "x".repeat(1_025),
                "and 1024 are allowed",
                "\uD800",
                "unpaired surrogate at index 0",
                "a\uDC00",
                "unpaired surrogate at index 1");
        try (Cuttlestore<String> store = Cuttlestore.open(stores.fresh(folder), String.class)) {
            store.put("fine", "old");
            reasons.forEach((key, says) -> {
                assertIllegalKey(says, () -> store.get(key));
                assertIllegalKey(says, () -> store.put(key, "v"));
                assertIllegalKey(says, () -> store.delete(key));
                assertIllegalKey(says, () -> store.getAll(List.of("fine", key)));
                assertIllegalKey(says, () -> store.deleteAll(List.of("fine", key)));
                assertIllegalKey(says, () -> store.putAll(new TreeMap<>(Map.of("fine", "new", key, "v"))));
            });
            assertThat(store.get("fine")).contains("old");
        }
    }

    private static void assertIllegalKey(String says, ThrowingCallable call) {
        assertThatExceptionOfType(IllegalKeyException.class).isThrownBy(call).withMessageContaining(says);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("null")
    void nulls(Stores stores) {
        try (Cuttlestore<String> store = Cuttlestore.open(stores.fresh(folder), String.class)) {
            store.put("k", "old");
            assertThatNullPointerException().isThrownBy(() -> store.get(null));
            assertThatNullPointerException()
                    .isThrownBy(() -> store.put("k", null))
                    .withMessageContaining("values");
            assertThatNullPointerException().isThrownBy(() -> store.put("k", "v", null));
            assertThat(store.get("k")).contains("old");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a time to live that is none")
    void badTtl(Stores stores) {
        try (Cuttlestore<String> store = Cuttlestore.open(stores.fresh(folder), String.class)) {
            store.put("k", "v");
            for (Duration ttl : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> PutOptions.ttl(ttl))
                        .withMessageContaining("must be positive, not " + ttl);
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> store.touch("k", ttl))
                        .withMessageContaining("must be positive, not " + ttl);
            }
            assertThat(store.get("k")).contains("v");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a version or a cursor of another store")
    void foreignTokens(Stores stores) {
        try (Cuttlestore<String> store = Cuttlestore.open(stores.fresh(folder), String.class)) {
            store.put("k", "v");
            Version foreign = Version.parse("elsewhere.1");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.replace("k", foreign, "w"))
                    .withMessageContaining("another store");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.delete("k", foreign))
                    .withMessageContaining("another store");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.page(ScanOptions.all().after(Cursor.parse("elsewhere.0.MQ"))))
                    .withMessageContaining("another store");
            assertThat(store.get("k")).contains("v");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a value that does not decode into the type")
    void undecodable(Stores stores) {
        try (CuttlestoreConnection connection = CuttlestoreConnection.open(stores.fresh(folder))) {
            connection.store(String.class).put("k", "S3CRET {");
            assertThatExceptionOfType(UndecodableValueException.class)
                    .isThrownBy(() -> connection.store(Mission.class).get("k"))
                    .withMessageContaining("'k'")
                    .satisfies(e -> assertThat(allMessages(e)).doesNotContain("S3CRET"));
            assertThat(connection.store(String.class).get("k")).contains("S3CRET {");
        }
    }

    record Mission(String message) {}

    private static String allMessages(Throwable thrown) {
        StringBuilder messages = new StringBuilder();
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            messages.append(t).append('\n');
        }
        return messages.toString();
    }

    private static void assertRefusedNaming(String string, Path place, String reason) {
        assertThatExceptionOfType(IncompatibleStoreException.class)
                .isThrownBy(() -> CuttlestoreConnection.open(string))
                .withMessageContaining(place.toString())
                .withMessageContaining(reason);
    }
}
