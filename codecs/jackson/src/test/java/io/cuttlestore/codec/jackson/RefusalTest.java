package io.cuttlestore.codec.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cuttlestore.Codec;
import io.cuttlestore.TypeRef;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusalTest {
    enum Rank {
        AGENT
    }

    record Agent(String name, int age, Rank rank) {}

    record Mission(String message, List<Agent> crew, Map<String, Agent> contacts) {}

    record Strict(String secret) {
        Strict {
            throw new IllegalStateException("refused " + secret);
        }
    }

    static class WithoutConstructor {
        private final int count;
        private final int total;

        WithoutConstructor(int count, int total) {
            this.count = count;
            this.total = total;
        }

        public int getCount() {
            return count;
        }

        public int getTotal() {
            return total;
        }
    }

    static class Hidden {
        @SuppressWarnings("unused")
        private final String message = "never seen";
    }

    static class Throwing {
        public String getMessage() {
            throw new IllegalStateException("hunter2");
        }
    }

    @Nested
    @DisplayName("Bytes that are not one whole value are refused")
    class Decoding {
        private final Codec<Mission> codec = Formats.json(Mission.class);

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    "null",
                    "{",
                    "{\"message\":\"m\"",
                    "{} {}",
                    "{}}",
                    "{}x",
                    "{}\0",
                    "[]",
                    "7",
                    "\"text\"",
                    "{'message':1}",
                    "{\"message\":[]}",
                    "{\"crew\":{}}",
                    "{\"crew\":[{\"age\":null}]}",
                    "{\"crew\":[{\"age\":\"7\"}]}",
                    "{\"crew\":[{\"age\":7.5}]}",
                    "{\"crew\":[{\"age\":5000000000}]}",
                    "{\"crew\":[{\"rank\":0}]}",
                    "{\"crew\":[{\"rank\":\"agent\"}]}",
                    "{\"crew\":[{\"rank\":\"\"}]}"
                })
        void asJson(String json) {
            assertThatThrownBy(() -> codec.decode(json.getBytes(UTF_8))).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void asCbor() {
            Codec<Agent> cbor = Formats.cbor(Agent.class);
            byte[] whole = cbor.encode(new Agent("Ethan", 33, Rank.AGENT));
            byte[] torn = java.util.Arrays.copyOf(whole, whole.length - 1);
            byte[] continued = java.util.Arrays.copyOf(whole, whole.length + 1);

            assertThatThrownBy(() -> cbor.decode(new byte[0])).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> cbor.decode(new byte[] {(byte) 0xf6}))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> cbor.decode(torn)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> cbor.decode(continued)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void malformedUtf8() {
            assertThatThrownBy(() -> Formats.json(String.class).decode(new byte[] {'"', (byte) 0xff, '"'}))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        @Timeout(value = 5, unit = TimeUnit.SECONDS)
        void nestingOfOneHundredThousand() {
            String deep = "[".repeat(100_000) + "]".repeat(100_000);

            assertThatThrownBy(() -> Formats.json(Object.class).decode(deep.getBytes(UTF_8)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("nesting depth");
            assertThatThrownBy(() -> codec.decode(("{\"unknown\":" + deep + "}").getBytes(UTF_8)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("nesting depth");
        }

        @Test
        @Timeout(value = 5, unit = TimeUnit.SECONDS)
        void aNumberOfAMillionDigits() {
            byte[] digits = "9".repeat(1_000_000).getBytes(UTF_8);

            assertThatThrownBy(() -> Formats.json(BigInteger.class).decode(digits))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1000000")
                    .hasMessageNotContaining("99");
        }

        @Test
        void aTypeThatCannotBeConstructed() {
            Codec<WithoutConstructor> unusable = Formats.json(WithoutConstructor.class);

            assertThatThrownBy(() -> unusable.decode(unusable.encode(new WithoutConstructor(1, 2))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("WithoutConstructor");
        }
    }

    @Nested
    @DisplayName("A value that could not be read again is not written")
    class Encoding {
        @ParameterizedTest
        @ValueSource(strings = {"json", "cbor"})
        void aNumberOfTooManyDigits(String format) {
            Codec<List<BigInteger>> integers = Formats.named(format).codec(new TypeRef<List<BigInteger>>() {});
            Codec<List<BigDecimal>> decimals = Formats.named(format).codec(new TypeRef<List<BigDecimal>>() {});

            assertThatThrownBy(() -> integers.encode(List.of(BigInteger.TEN.pow(1000))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1000");
            assertThatThrownBy(() -> decimals.encode(List.of(new BigDecimal("0." + "7".repeat(1000)))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("77");
        }

        @ParameterizedTest
        @ValueSource(strings = {"json", "cbor"})
        void tooMuchNesting(String format) {
            List<Object> deep = List.of();
            for (int i = 0; i < 10_000; i++) {
                deep = List.of(deep);
            }
            List<Object> value = deep;
            Codec<List<Object>> codec = Formats.named(format).codec(new TypeRef<List<Object>>() {});

            assertThatThrownBy(() -> codec.encode(value))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("nesting depth");
        }

        @Test
        void aClassThatShowsNothingOfItself() {
            assertThatThrownBy(() -> Formats.json(Hidden.class).encode(new Hidden()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Hidden: make it a record");
        }

        @Test
        void textWithoutUtf8FormAsCbor() {
            assertThatThrownBy(() -> Formats.cbor(Agent.class).encode(new Agent("\ud800", 1, Rank.AGENT)))
                    .isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void nullIsMisuse() {
            assertThatThrownBy(() -> Formats.json(Agent.class).encode(null)).isInstanceOf(NullPointerException.class);
        }
    }

    @Nested
    @DisplayName("Messages tell the place and never the value")
    class Messages {
        private final Codec<Mission> codec = Formats.json(Mission.class);

        @Test
        void pathAndExpectedType() {
            Throwable failure = catchThrowable(() ->
                    codec.decode("{\"message\":\"m\",\"crew\":[{\"age\":1},{\"age\":\"hunter2\"}]}".getBytes(UTF_8)));

            assertThat(failure).hasMessageContaining("crew[1].age").hasMessageContaining("int");
            assertThat(printed(failure)).doesNotContain("hunter2");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "hunter2",
                    "\"hunter2\"",
                    "{\"message\":hunter2}",
                    "{\"crew\":\"hunter2\"}",
                    "{\"crew\":[\"hunter2\"]}",
                    "{\"crew\":[{\"rank\":\"hunter2\"}]}",
                    "{\"contacts\":{\"hunter2\":{\"age\":\"hunter2\"}}}",
                    "{\"contacts\":{\"hunter2\":7}}",
                    "{} hunter2",
                    "{\"hunter2\"}",
                    "{\"hunter2\":hunter2}"
                })
        void nothingOfTheBytes(String json) {
            assertThat(printed(catchThrowable(() -> codec.decode(json.getBytes(UTF_8)))))
                    .contains("IllegalArgumentException")
                    .doesNotContain("hunter2");
        }

        @Test
        void nothingOfWhatAConstructorSays() {
            assertThat(printed(catchThrowable(
                            () -> Formats.json(Strict.class).decode("{\"secret\":\"hunter2\"}".getBytes(UTF_8)))))
                    .contains("IllegalStateException was thrown")
                    .contains("RefusalTest$Strict.<init>")
                    .doesNotContain("hunter2");
        }

        @Test
        void nothingOfWhatAGetterSays() {
            assertThat(printed(catchThrowable(() -> Formats.json(Throwing.class).encode(new Throwing()))))
                    .contains("IllegalStateException was thrown, at message")
                    .doesNotContain("hunter2");
        }

        @Test
        void codecsNameFormatAndType() {
            assertThat(codec).hasToString("the JSON codec of " + Mission.class.getName());
            assertThat(Formats.named("cbor").codec(new TypeRef<List<Agent>>() {}))
                    .hasToString("the CBOR codec of java.util.List<" + Agent.class.getName() + ">");
        }

        private static String printed(Throwable failure) {
            StringWriter text = new StringWriter();
            failure.printStackTrace(new PrintWriter(text));
            return text.toString();
        }
    }
}
