package io.cuttlestore.filesystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cuttlestore.CorruptEntryException;
import io.cuttlestore.spi.Backend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The file of an entry")
class EntryFileTest {
    private Folder folder;
    private Backend backend;

    @BeforeEach
    void open(@TempDir Path temporary) {
        folder = new Folder(temporary);
        backend = folder.open();
    }

    @AfterEach
    void close() {
        backend.close();
    }

    @Test
    @DisplayName("reads as its description says, to the byte")
    void layout() throws IOException {
        Folder.put(backend, "key", "value");
        byte[] file = Files.readAllBytes(folder.file("key"));
        HexFormat hex = HexFormat.of();
        assertThat(file).hasSize(40 + 3 + 5);
        assertThat(hex.formatHex(file, 0, 8)).isEqualTo("437574746c650001");
        assertThat(hex.formatHex(file, 8, 16))
                .isEqualTo(Folder.entry(backend, "key").version());
        assertThat(hex.formatHex(file, 16, 24)).isEqualTo("7fffffffffffffff");
        assertThat(hex.formatHex(file, 24, 28)).isEqualTo("00000005");
        assertThat(hex.formatHex(file, 28, 32)).isEqualTo(checksum("value".getBytes()));
        assertThat(hex.formatHex(file, 32, 36)).isEqualTo("00000003");
        byte[] head = Arrays.copyOf(file, 39);
        System.arraycopy(file, 40, head, 36, 3);
        assertThat(hex.formatHex(file, 36, 40)).isEqualTo(checksum(head));
        assertThat(new String(file, 40, 8)).isEqualTo("keyvalue");
    }

    private static String checksum(byte[] bytes) {
        java.util.zip.CRC32C checksum = new java.util.zip.CRC32C();
        checksum.update(bytes);
        return "%08x".formatted(checksum.getValue());
    }

    @Test
    @DisplayName("is found damaged after a flip of any bit, and left as it is")
    void bitFlips() throws IOException {
        Folder.put(backend, "key", "some value");
        Path file = folder.file("key");
        byte[] sound = Files.readAllBytes(file);
        for (int bit = 0; bit < sound.length * Byte.SIZE; bit++) {
            byte[] damaged = sound.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertRefused(file, damaged, "bit " + bit);
        }
    }

    @Test
    @DisplayName("is found damaged when cut at any length or grown, and left as it is")
    void truncations() throws IOException {
        Folder.put(backend, "key", "some value");
        Path file = folder.file("key");
        byte[] sound = Files.readAllBytes(file);
        for (int length = 0; length < sound.length; length++) {
            assertRefused(file, Arrays.copyOf(sound, length), "length " + length);
        }
        assertRefused(file, Arrays.copyOf(sound, sound.length + 1), "grown");
    }

    @Test
    @DisplayName("is found damaged when it is large and cut, grown or flipped near its end")
    void largeFiles() throws IOException {
        Folder.put(backend, "key", "x".repeat(3 * ReadBuffers.SIZE));
        Path file = folder.file("key");
        byte[] sound = Files.readAllBytes(file);
        for (int length : new int[] {ReadBuffers.SIZE - 1, ReadBuffers.SIZE, ReadBuffers.SIZE + 1, sound.length - 1}) {
            assertRefused(file, Arrays.copyOf(sound, length), "length " + length);
        }
        assertRefused(file, Arrays.copyOf(sound, sound.length + 1), "grown");
        byte[] flipped = sound.clone();
        flipped[flipped.length - 1] ^= 1;
        assertRefused(file, flipped, "flipped");
    }

    private void assertRefused(Path file, byte[] damaged, String description) throws IOException {
        Files.write(file, damaged);
        assertThatExceptionOfType(CorruptEntryException.class)
                .as(description)
                .isThrownBy(() -> Folder.get(backend, "key"))
                .withMessageContaining("key");
        assertThat(file).hasBinaryContent(damaged);
    }

    @Test
    @DisplayName("is not believed under the name of another key")
    void misplaced() throws IOException {
        Folder.put(backend, "mine", "v");
        Folder.put(backend, "other", "w");
        Files.copy(folder.file("other"), folder.file("mine"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatExceptionOfType(CorruptEntryException.class).isThrownBy(() -> Folder.get(backend, "mine"));
        assertThat(Folder.keys(backend, "", 10)).containsExactly("other");
    }

    @Test
    @DisplayName("that is a hard link to one elsewhere is read, and replaced without changing the other")
    void hardLink(@TempDir Path elsewhere) throws IOException {
        Folder.put(backend, "k", "v");
        Path other = elsewhere.resolve("linked");
        Files.createLink(other, folder.file("k"));
        byte[] before = Files.readAllBytes(other);
        Folder.put(backend, "k", "w");
        assertThat(Folder.get(backend, "k")).isEqualTo("w");
        assertThat(other).hasBinaryContent(before);
    }

    @Test
    @DisplayName("that is a link leads nowhere: neither reads nor writes follow it")
    void symbolicLink(@TempDir Path elsewhere) throws IOException {
        Folder.put(backend, "k", "v");
        Path target = elsewhere.resolve("target");
        Files.move(folder.file("k"), target);
        byte[] before = Files.readAllBytes(target);
        Files.createSymbolicLink(folder.file("k"), target);
        assertThatExceptionOfType(CorruptEntryException.class).isThrownBy(() -> Folder.get(backend, "k"));
        Folder.put(backend, "k", "w");
        assertThat(folder.file("k")).isRegularFile();
        assertThat(Files.isSymbolicLink(folder.file("k"))).isFalse();
        assertThat(target).hasBinaryContent(before);
        assertThat(Folder.get(backend, "k")).isEqualTo("w");
    }
}
