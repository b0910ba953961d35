package io.cuttlestore.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.cuttlestore.IllegalKeyException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceTest {
    @Test
    void namesAreEscapedSoThatNoTwoCollide() {
        assertThat(Namespace.ROOT.child("a").key("b:c").stored()).isEqualTo("a:b:c");
        assertThat(Namespace.ROOT.child("a:b").key("c").stored()).isEqualTo("a%3Ab:c");
        assertThat(Namespace.ROOT.child("a%3Ab").key("c").stored()).isEqualTo("a%253Ab:c");
    }

    @Test
    @DisplayName("a namespace tells its prefix, and the names of stored keys within it")
    void prefixesAndNames() {
        Namespace namespace = Namespace.ROOT.child("a:b").child("c");
        assertThat(namespace.prefix()).isEqualTo("a%3Ab:c:");
        assertThat(namespace.prefix("k")).isEqualTo("a%3Ab:c:k");
        assertThat(namespace.nameOf("a%3Ab:c:k:l")).isEqualTo("k:l");
        assertThat(namespace.isRoot()).isFalse();
        assertThat(Namespace.ROOT.isRoot()).isTrue();
        assertThat(Namespace.ROOT.prefix("k")).isEqualTo("k");
        assertThat(Namespace.ROOT.nameOf("k")).isEqualTo("k");
    }

    @Test
    @DisplayName("namespaces of one name are equal, and print by it")
    void namespacesOfOneName() {
        Namespace namespace = Namespace.ROOT.child("a");
        assertThat(namespace)
                .isEqualTo(Namespace.ROOT.child("a"))
                .hasSameHashCodeAs(Namespace.ROOT.child("a"))
                .isNotEqualTo(Namespace.ROOT.child("b"))
                .isNotEqualTo(Namespace.ROOT)
                .isNotEqualTo("a:")
                .hasToString("a");
        assertThat(namespace.hashCode()).isNotEqualTo(Namespace.ROOT.child("b").hashCode());
        assertThat(Namespace.ROOT).hasToString("the root view");
    }

    @Test
    @DisplayName("a key has the name that it was given, its namespace, and prints as it is stored")
    void partsOfAKey() {
        Namespace namespace = Namespace.ROOT.child("a");
        Key key = namespace.key("b:c");
        assertThat(key.name()).isEqualTo("b:c");
        assertThat(key.namespace()).isEqualTo(namespace);
        assertThat(key).hasToString("a:b:c");
    }

    @Property
    void differentPairsHaveDifferentStoredKeys(
            @ForAll("names") String namespace,
            @ForAll("names") String key,
            @ForAll("names") String otherNamespace,
            @ForAll("names") String otherKey) {
        boolean same = namespace.equals(otherNamespace) && key.equals(otherKey);
        assertThat(Namespace.ROOT
                        .child(namespace)
                        .key(key)
                        .equals(Namespace.ROOT.child(otherNamespace).key(otherKey)))
                .isEqualTo(same);
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withChars("a:%3A2").ofMinLength(1).ofMaxLength(5);
    }

    @Test
    @SuppressWarnings("NullAway") // the misuse that is tested
    void aNullKeyIsNamed() {
        assertThatNullPointerException()
                .isThrownBy(() -> Namespace.ROOT.key(null))
                .withMessage("a key must not be null");
    }

    @Test
    void storedKeysHaveUpTo1024Bytes() {
        Namespace namespace = Namespace.ROOT.child("n");
        assertThat(namespace.key("k".repeat(1022)).utf8()).hasSize(1024);
        assertThat(namespace.key("é".repeat(511)).utf8()).hasSize(1024);
        assertThat(Namespace.ROOT.key("😀".repeat(256)).utf8()).hasSize(1024);
        assertRefused(() -> namespace.key("k".repeat(1023)));
        assertRefused(() -> namespace.key("é".repeat(511) + "k"));
        assertRefused(() -> Namespace.ROOT.key("😀".repeat(256) + "k"));
        assertRefused(() -> Namespace.ROOT.child("n".repeat(1023)));
    }

    @Property
    void lengthsAreThoseOfUtf8(@ForAll @StringLength(min = 1, max = 1100) String name) {
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        boolean wellFormed = StandardCharsets.UTF_8.newEncoder().canEncode(name);
        if (wellFormed && bytes <= 1024) {
            assertThat(Namespace.ROOT.key(name).utf8()).hasSize(bytes);
        } else {
            assertRefused(() -> Namespace.ROOT.key(name));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uD800", "a\uDC00b", "\uDC00\uD800", "x\uD83D"})
    void emptyNamesAndUnpairedSurrogatesAreRefused(String name) {
        assertRefused(() -> Namespace.ROOT.key(name));
        assertRefused(() -> Namespace.ROOT.child(name));
    }

    private static void assertRefused(Runnable use) {
        assertThatExceptionOfType(IllegalKeyException.class).isThrownBy(use::run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "ab", "a:b", "z%3A:é", "\uD83E\uDD91"})
    @DisplayName("a key is equal to the same stored key in another view, hashes and compares as that does")
    void keysOfDifferentViews(String name) {
        Key inNamespace = Namespace.ROOT.child("outer").child("in:ner").key(name);
        Key inOuter = Namespace.ROOT.child("outer").key("in%3Aner:" + name);
        Key atRoot = Namespace.ROOT.key(inNamespace.stored());
        assertThat(inNamespace).isEqualTo(atRoot).isEqualTo(inOuter).hasSameHashCodeAs(inOuter);
        assertThat(atRoot).isEqualTo(inNamespace).hasSameHashCodeAs(inNamespace);
        assertThat(inNamespace.hashCode()).isEqualTo(inNamespace.stored().hashCode());
        assertThat(inNamespace).isEqualByComparingTo(atRoot);
        Key other = Namespace.ROOT.child("other").key(name);
        assertThat(other).isNotEqualTo(inNamespace).isNotEqualTo(Namespace.ROOT.key(name));
        assertThat(Integer.signum(other.compareTo(atRoot)))
                .isEqualTo(Integer.signum(other.stored().compareTo(atRoot.stored())));
    }
}
