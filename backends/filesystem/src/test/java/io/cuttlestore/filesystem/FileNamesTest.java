package io.cuttlestore.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The file name of a key")
class FileNamesTest {
    @ParameterizedTest(name = "{0} is {1}")
    @DisplayName("is readable, and escapes what some file system might take for something else")
    @CsvSource({
        "plain-key_1.txt, plain-key_1.txt",
        "Users, %55sers",
        "a/b, a%2fb",
        "'a b', a%20b",
        ".., %2e%2e",
        "., %2e",
        "../x, %2e.%2fx",
        "/etc/x, %2fetc%2fx",
        ".hidden, %2ehidden",
        "end., end%2e",
        "'end ', end%20",
        "con, %63on",
        "nul.txt, %6eul.txt",
        "com1, %63om1",
        "console, console",
        "CON, %43%4f%4e",
        "50%, 50%25",
        "a~b, a%7eb",
        "orders:7, orders%3a7",
        "caf\u00e9, caf%c3%a9",
        "cafe\u0301, cafe%cc%81",
        "\ud83e\udd91, %f0%9f%a6%91",
    })
    void examples(String key, String name) {
        assertThat(FileNames.of(key)).isEqualTo(name);
        assertThat(FileNames.keyOf(name)).isEqualTo(key);
    }

    @Test
    @DisplayName("escapes control characters")
    void controlCharacters() {
        assertThat(FileNames.of("a\0b\nc")).isEqualTo("a%00b%0ac");
        assertThat(FileNames.keyOf("a%00b%0ac")).isEqualTo("a\0b\nc");
    }

    @Test
    @DisplayName("is as long as the key up to 140 characters, then cut and closed with a hash")
    void longKeys() {
        assertThat(FileNames.of("k".repeat(140))).isEqualTo("k".repeat(140));
        String hashed = FileNames.of("k".repeat(141));
        assertThat(hashed).startsWith("k".repeat(96) + "~").hasSize(137);
        assertThat(FileNames.isHashed(hashed)).isTrue();
        assertThat(FileNames.of("k".repeat(142))).isNotEqualTo(hashed);
        assertThat(FileNames.of("k".repeat(1024))).hasSize(137);
    }

    @Test
    @DisplayName("is never that of another spelling")
    void spellings() {
        List<String> keys =
                List.of("a", "A", "7", "007", "7.0", " 7", "caf\u00e9", "cafe\u0301", "%61", "a%", "a~", "~a");
        assertThat(keys.stream().map(FileNames::of)).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("is told from other names")
    void foreignNames() {
        for (String foreign :
                List.of("README.md", ".x", "x.", "con", "a%2Fb", "a%6", "%61", "a b", "%ff", "\u00e9", "", "..")) {
            assertThat(FileNames.keyOf(foreign)).as(foreign).isNull();
            assertThat(FileNames.isName(foreign)).as(foreign).isFalse();
        }
    }

    @Property
    void isSafeEverywhere(@ForAll("keys") String key) {
        String name = FileNames.of(key);
        assertThat(name)
                .matches("[a-z0-9_%-]([a-z0-9._%~-]*[a-z0-9_%~-])?")
                .hasSizeLessThanOrEqualTo(FileNames.LONGEST);
        assertThat(name).doesNotMatch("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");
        assertThat(FileNames.isName(name)).isTrue();
        assertThat(FileNames.isHashed(name) ? key : FileNames.keyOf(name)).isEqualTo(key);
        assertThat(FileNames.shardOf(name)).isBetween(0, 255);
    }

    @Property(tries = 200)
    void differsFromThoseOfOtherKeys(@ForAll("manyKeys") Set<String> keys) {
        Set<String> names = new HashSet<>();
        keys.forEach(key -> names.add(FileNames.of(key)));
        assertThat(names).hasSameSizeAs(keys);
    }

    @Provide
    Arbitrary<String> keys() {
        Arbitrary<String> anything = Arbitraries.strings()
                .ofMinLength(1)
                .ofMaxLength(200)
                .filter(key -> key.codePoints().noneMatch(c -> c >= 0xd800 && c <= 0xdfff));
        Arbitrary<String> nasty = Arbitraries.strings()
                .withChars("./~%:aAcCoOnN0 ")
                .ofMinLength(1)
                .ofMaxLength(6);
        return Arbitraries.oneOf(anything, nasty, Arbitraries.of("con", "aux.x", "lpt9", "com0.tar.gz", "prn."));
    }

    @Provide
    Arbitrary<Set<String>> manyKeys() {
        return keys().set().ofMinSize(2).ofMaxSize(50);
    }
}
