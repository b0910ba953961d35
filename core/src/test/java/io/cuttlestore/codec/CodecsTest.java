package io.cuttlestore.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cuttlestore.Codec;
import io.cuttlestore.TypeRef;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecsTest {
    @Test
    void valuesAreStoredAsPlainText() {
        assertPlain(String.class, "Grüße 😀", "Grüße 😀");
        assertPlain(Integer.class, -7, "-7");
        assertPlain(Long.class, Long.MIN_VALUE, "-9223372036854775808");
        assertPlain(Short.class, (short) 3, "3");
        assertPlain(Byte.class, (byte) -1, "-1");
        assertPlain(Double.class, 0.1, "0.1");
        assertPlain(Double.class, Double.NaN, "NaN");
        assertPlain(Float.class, 1e10f, "1.0E10");
        assertPlain(Boolean.class, true, "true");
        assertPlain(Character.class, 'é', "é");
        assertPlain(TimeUnit.class, TimeUnit.DAYS, "DAYS");
    }

    @Property
    void everyStringSurvives(@ForAll String text) {
        assertThat(Codecs.string().decode(Codecs.string().encode(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uFFFD", "\uD800", "a\uDC00", "\uDC00\uD800", "\uD83D\uDE00\uDE00", "\uD83D\uFFFD"})
    void unpairedSurrogatesSurvive(String text) {
        assertThat(Codecs.string().decode(Codecs.string().encode(text))).isEqualTo(text);
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        assertUndecodable(Codecs.string(), (byte) 0xFF);
        assertUndecodable(Codecs.string(), (byte) 0xC3);
        byte[] pairInTwoHalves = {(byte) 0xED, (byte) 0xA0, (byte) 0xBD, (byte) 0xED, (byte) 0xB8, (byte) 0x80};
        assertUndecodable(Codecs.string(), pairInTwoHalves);
    }

    @Test
    void textThatEndsWithinASurrogateIsRefused() {
        assertUndecodable(Codecs.string(), (byte) 'a', (byte) 0xED, (byte) 0xA0);
        assertUndecodable(Codecs.string(), (byte) 0xED);
    }

    @Test
    void codecsPrintTheTypeThatTheyAreFor() {
        assertThat(Codecs.string()).hasToString("the codec of String");
        assertThat(Codecs.bytes()).hasToString("the codec of byte[]");
        assertThat(codec(TimeUnit.class)).hasToString("the codec of TimeUnit");
    }

    @Test
    void textThatDoesNotFitTheTypeIsRefused() {
        assertUndecodable(codec(Boolean.class), "True".getBytes(StandardCharsets.UTF_8));
        assertUndecodable(codec(Integer.class), "1.0".getBytes(StandardCharsets.UTF_8));
        assertUndecodable(codec(Character.class), "ab".getBytes(StandardCharsets.UTF_8));
        assertUndecodable(codec(TimeUnit.class), "WEEKS".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void bytesAreCopiedBothWays() {
        byte[] value = {1, 2};
        byte[] encoded = Codecs.bytes().encode(value);
        byte[] decoded = Codecs.bytes().decode(encoded);
        assertThat(encoded).isEqualTo(value).isNotSameAs(value);
        assertThat(decoded).isEqualTo(value).isNotSameAs(encoded);
        assertThat(Codecs.bytes().shareable()).isFalse();
    }

    @Test
    void otherTypesHaveNoBuiltInCodec() {
        assertThat(Codecs.builtIn(TypeRef.of(Object.class))).isEmpty();
        assertThat(Codecs.builtIn(TypeRef.of(int[].class))).isEmpty();
        assertThat(Codecs.builtIn(new TypeRef<Class<String>>() {})).isEmpty();
    }

    private static <V> void assertPlain(Class<V> type, V value, String text) {
        Codec<V> codec = codec(type);
        assertThat(codec.encode(value)).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
        assertThat(codec.shareable()).isTrue();
    }

    private static void assertUndecodable(Codec<?> codec, byte... bytes) {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> codec.decode(bytes));
    }

    private static <V> Codec<V> codec(Class<V> type) {
        return Codecs.builtIn(TypeRef.of(type)).orElseThrow();
    }
}
