package io.cuttlestore.examples.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.CorruptEntryException;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A properties file may hold what is no entry, since it is read once, at opening")
class ForeignPropertiesTest {
    @TempDir
    private Path folder;

    private Cuttlestore<String> open() {
        return Cuttlestore.open("properties://" + folder.resolve("a.properties"), String.class);
    }

    @Test
    void whichStaysInPlace() throws IOException {
        Files.writeString(folder.resolve("a.properties"), "colour=blue\n");
        try (Cuttlestore<String> store = open()) {
            store.put("sound", "v");

            assertThatThrownBy(() -> store.get("colour")).isInstanceOf(CorruptEntryException.class);
            assertThatThrownBy(() -> store.putIfAbsent("colour", "red")).isInstanceOf(CorruptEntryException.class);
            try (Stream<String> keys = store.keys(ScanOptions.all())) {
                assertThat(keys).containsExactly("sound");
            }
            store.connection().eraseAll();
        }
        assertThat(folder.resolve("a.properties")).content().contains("colour=blue");
    }

    @Test
    void untilItIsNamed() throws IOException {
        Files.writeString(folder.resolve("a.properties"), "colour=blue\nshape=round\n");
        try (Cuttlestore<String> store = open()) {
            store.put("colour", "red");
            store.delete("shape");

            assertThat(store.get("colour")).hasValue("red");
            assertThat(store.get("shape")).isEmpty();
        }
    }

    @Test
    void andServesOneConnectionAtATime() {
        try (Cuttlestore<String> store = open()) {
            assertThatThrownBy(this::open).isInstanceOf(StoreUnavailableException.class);
            store.put("a", "b");
        }
        try (Cuttlestore<String> store = open()) {
            assertThat(store.get("a")).hasValue("b");
        }
    }
}
