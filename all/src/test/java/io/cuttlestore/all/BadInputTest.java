package io.cuttlestore.all;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.cuttlestore.Cursor;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.IllegalKeyException;
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
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people mistype and misplace: one clear error each, on every store alike. */
@DisplayName("Bad input gets one clear error:")
class BadInputTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"postgress://x", "http://x", "sqllite://./app.db", "Redis//x", "", "app.db", "://x"})
    @DisplayName("a string that names no installed backend")
    void unknownScheme(String string) {
        assertThatExceptionOfType(InvalidConnectionStringException.class)
                .isThrownBy(() -> CuttlestoreConnection.open(string))
                .withNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite://", "sqlite:", "sqlite", "filesystem://", "filesystem", "redis://", "redis:"})
    @DisplayName("a string that names no place")
    void missingPlace(String string) {
        assertThatExceptionOfType(InvalidConnectionStringException.class)
                .isThrownBy(() -> CuttlestoreConnection.open(string));
    }

    @Test
    @DisplayName("a folder where a file is expected, and a file where a folder is")
    void folderForFile() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a store");
        Path sub = Files.createDirectory(folder.resolve("sub"));
        assertRefusedNaming("sqlite://" + sub, sub);
        assertRefusedNaming("filesystem://" + file, file);
        assertRefusedNaming("sqlite://" + file + "/app.db", file);
        assertThat(file).hasContent("not a store");
        assertThat(sub).isEmptyDirectory();
    }

    @Test
    @DisplayName("a file that is no SQLite database")
    void noDatabase() throws IOException {
        Path file = Files.writeString(folder.resolve("app.db"), "This is a letter to my aunt. ".repeat(100));
        String before = Files.readString(file);
        assertRefusedNaming("sqlite://" + file, file);
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
        try (Cuttlestore<String> store = Cuttlestore.open(stores.fresh(folder), String.class)) {
            for (String key : List.of("", "x".repeat(1_025), "\uD800", "a\uDC00")) {
                assertThatExceptionOfType(IllegalKeyException.class).isThrownBy(() -> store.put(key, "v"));
                assertThatExceptionOfType(IllegalKeyException.class).isThrownBy(() -> store.get(key));
                assertThatExceptionOfType(IllegalKeyException.class)
                        .isThrownBy(() -> store.getAll(List.of("fine", key)));
            }
            assertThatNullPointerException().isThrownBy(() -> store.get(null));
            assertThatNullPointerException().isThrownBy(() -> store.put("k", null));
            assertThatNullPointerException().isThrownBy(() -> store.put("k", "v", null));
        }
    }

    @Test
    @DisplayName("a time to live that is none")
    void badTtl() {
        for (Duration ttl : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
            assertThatIllegalArgumentException().isThrownBy(() -> PutOptions.ttl(ttl));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> PutOptions.ttlSeconds(0));
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a version or a cursor of another store")
    void foreignTokens(Stores stores) {
        try (Cuttlestore<String> store = Cuttlestore.open(stores.fresh(folder), String.class)) {
            store.put("k", "v");
            Version foreign = Version.parse("elsewhere.1");
            assertThatIllegalArgumentException().isThrownBy(() -> store.replace("k", foreign, "w"));
            assertThatIllegalArgumentException().isThrownBy(() -> store.delete("k", foreign));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.page(ScanOptions.all().after(Cursor.parse("elsewhere.0.MQ"))));
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

    private static void assertRefusedNaming(String string, Path place) {
        assertThatExceptionOfType(CuttlestoreException.class)
                .isThrownBy(() -> CuttlestoreConnection.open(string))
                .withMessageContaining(place.getFileName().toString());
    }
}
