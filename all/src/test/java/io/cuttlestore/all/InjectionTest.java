package io.cuttlestore.all;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What would be a command, a statement or a pattern if it were not taken literally. The kit tries many more keys. */
@DisplayName("Keys, values, namespaces and prefixes are data and never")
class InjectionTest {
    private static final List<String> HOSTILE = List.of(
            "\r\n*1\r\n$8\r\nFLUSHALL\r\n",
            "k\r\nFLUSHALL\r\n",
            "$-1\r\n",
            "x\nQUIT\n",
            "'; DELETE FROM entry; --",
            "'); DROP TABLE entry; --",
            "\" OR \"\"=\"",
            "' OR '1'='1",
            "x' UNION SELECT k, v FROM entry --",
            "?1",
            ":name",
            "*",
            "?",
            "[a-z]*",
            "[^a]",
            "\\",
            "\\*",
            "%",
            "_",
            "_%",
            "\0",
            "a\0b",
            "../../canary",
            "..",
            "/etc/passwd",
            "${PATH}",
            "$(touch x)",
            "`touch x`",
            "redis.call('FLUSHALL')",
            "]] redis.call('FLUSHALL') --[[");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    @DisplayName("commands, statements, patterns, paths or scripts")
    void takenLiterally(Stores stores) {
        try (CuttlestoreConnection connection = CuttlestoreConnection.open(stores.fresh(folder))) {
            Cuttlestore<String> canary = connection.store("canary", String.class);
            canary.put("k", "alive");
            for (String text : HOSTILE) {
                useAsEverything(connection.store(text, String.class), text);
                assertThat(keys(canary, "")).as("after '%s'", text).containsExactly("k");
                assertThat(canary.get("k")).hasValue("alive");
            }
        }
    }

    private static void useAsEverything(Cuttlestore<String> store, String text) {
        store.put(text, text);
        store.put("another", "kept");
        assertThat(store.get(text)).hasValue(text);
        assertThat(store.putIfAbsent(text, "other")).isFalse();
        assertThat(keys(store, text)).containsExactly(text);
        assertThat(keys(store, "")).containsExactlyInAnyOrder(text, "another");
        assertThat(store.update(text, seen -> Optional.of(seen.orElseThrow() + text)))
                .hasValue(text + text);
        assertThat(store.touch(text, Duration.ofHours(1))).isTrue();
        assertThat(store.getAndDelete(text)).hasValue(text + text);
        assertThat(store.get("another")).hasValue("kept");
        store.putAll(Map.of(text, text, text + "2", text), PutOptions.ttl(Duration.ofHours(1)));
        assertThat(store.getAll(List.of(text, text + "2", "another")))
                .isEqualTo(Map.of(text, text, text + "2", text, "another", "kept"));
        store.deleteAll(List.of(text));
        assertThat(keys(store, "")).containsExactlyInAnyOrder(text + "2", "another");
        store.clear();
        assertThat(keys(store, "")).isEmpty();
    }

    private static List<String> keys(Cuttlestore<String> store, String prefix) {
        try (Stream<String> keys = store.keys(ScanOptions.prefix(prefix))) {
            return keys.distinct().toList();
        }
    }

    @Test
    @DisplayName("files elsewhere: all that the stores made lies where they were opened")
    void nothingElsewhere() {
        Path deep = folder.resolve("a/b/c");
        try (CuttlestoreConnection files = CuttlestoreConnection.open("filesystem://" + deep.resolve("files"));
                CuttlestoreConnection sqlite = CuttlestoreConnection.open("sqlite://" + deep.resolve("app.db"))) {
            for (String text : HOSTILE) {
                files.store(text, String.class).put(text, text);
                sqlite.store(text, String.class).put(text, text);
            }
        }
        assertThat(folder.toFile().list()).containsExactly("a");
        assertThat(deep.getParent().toFile().list()).containsExactly("c");
        assertThat(deep.toFile().list()).containsExactlyInAnyOrder("files", "app.db");
    }
}
