package io.cuttlestore.codec.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import io.cuttlestore.Codec;
import io.cuttlestore.TypeRef;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes of somebody who may write to the store, and wants more than that. See also {@link RefusalTest}. */
@DisplayName("A hostile value")
class HostileValuesTest {
    private static final AtomicBoolean SPRUNG = new AtomicBoolean();
    private static final long MOST_BYTES = 64 << 20;
    private static final List<Class<?>> TARGETS = List.of(
            Object.class,
            Holder.class,
            String.class,
            Long.class,
            int[].class,
            double[].class,
            BigInteger.class,
            BigDecimal.class,
            byte[][].class,
            Map.class);

    record Holder(Object any, List<Object> many, Map<String, Object> named) {}

    /** Harmful as soon as it is loaded. */
    static class Gadget {
        static {
            SPRUNG.set(true);
        }

        public void setCommand(String command) {}
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'@class':'%s','command':'x'}",
                "{'@type':'%s','command':'x'}",
                "{'@c':'%s','command':'x'}",
                "{'@t':'%s','command':'x'}",
                "{'class':'%s','command':'x'}",
                "{'!type':'%s','command':'x'}",
                "['%s',{'command':'x'}]",
                "{'%s':{'command':'x'}}",
                "{'any':{'@class':'%s','command':'x'}}",
                "{'any':['%s',{'command':'x'}],'many':[['%s',{}]],'named':{'a':['%s',{}]}}",
                "{'@class':'com.sun.rowset.JdbcRowSetImpl','dataSourceName':'ldap://127.0.0.1:1/x','autoCommit':true}",
                "['javax.swing.JEditorPane',{'page':'http://127.0.0.1:1/'}]"
            })
    @DisplayName("never chooses a class: what looks like a type name is data")
    void typeNames(String template) {
        String name = HostileValuesTest.class.getName() + "$Gadget";
        String json = template.replace('\'', '"').replace("%s", name);
        Object plain = Formats.json(Object.class).decode(json.getBytes(UTF_8));
        assertPlain(plain);
        assertPlain(Formats.cbor(Object.class).decode(Formats.cbor(Object.class).encode(plain)));
        if (json.startsWith("{")) {
            Holder holder = Formats.json(Holder.class).decode(json.getBytes(UTF_8));
            Stream.of(holder.any(), holder.many(), holder.named()).forEach(HostileValuesTest::assertPlain);
        }
        assertThat(SPRUNG).isFalse();
    }

    private static void assertPlain(Object value) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(HostileValuesTest::assertPlain);
        } else if (value instanceof List<?> list) {
            list.forEach(HostileValuesTest::assertPlain);
        } else if (value != null) {
            assertThat(value).isInstanceOfAny(String.class, Boolean.class, Number.class);
        }
    }

    static Stream<String> numbers() {
        return Stream.of(
                "1e999999999",
                "-1e999999999",
                "1e-999999999",
                "[1e999999999]",
                "9".repeat(1_000_000),
                "-" + "9".repeat(1_000_000),
                "1." + "9".repeat(1_000_000),
                "0." + "0".repeat(1_000_000) + "1",
                "1e" + "9".repeat(1_000_000),
                "[" + "9".repeat(1_000_000) + "]",
                "{\"any\":" + "9".repeat(1_000_000) + "}",
                "{\"unknown\":" + "9".repeat(1_000_000) + "}");
    }

    @ParameterizedTest
    @MethodSource("numbers")
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    @DisplayName("costs little as JSON, however large a number it says it is")
    void numbersAsJson(String json) {
        for (Class<?> target : TARGETS) {
            assertCheap(Formats.json(target), json.getBytes(UTF_8));
        }
    }

    static Stream<byte[]> items() {
        byte[] million = new byte[1_000_000];
        Arrays.fill(million, (byte) 0x7f);
        return Stream.concat(
                Stream.of(
                                "5a7fffffff",
                                "5a40000000",
                                "5affffffff",
                                "5b7fffffffffffffff",
                                "5bffffffffffffffff",
                                "7a7fffffff",
                                "7b7fffffffffffffff",
                                "9a7fffffff",
                                "9b7fffffffffffffff",
                                "ba7fffffff",
                                "bb7fffffffffffffff",
                                "5f5a7fffffff",
                                "7f7a7fffffff",
                                "c25a7fffffff",
                                "c35b7fffffffffffffff",
                                "c4821a7fffffff01",
                                "c4821a3b9ac9ff01",
                                "c4823a7fffffff01",
                                "81c4821a7fffffff01",
                                "c5821a7fffffff01",
                                "a163616e79c4821a7fffffff01",
                                "d9d9f75b7fffffffffffffff",
                                "ff",
                                "1f")
                        .map(HexFormat.of()::parseHex),
                Stream.of(
                        repeated("81", "00"),
                        repeated("9f", "00"),
                        repeated("a1616b", "00"),
                        repeated("bf616b", "00"),
                        repeated("c1", "00"),
                        repeated("d8ff", "00"),
                        repeated("dbffffffffffffffff", "00"),
                        concatenated("8160a1616b", repeated("c1", "00")),
                        concatenated("a1", repeated("c1", "616100")),
                        concatenated("9f5f4101ff", repeated("c1", "00ff")),
                        referring(0x5a, "a1d8190000"),
                        referring(0x7a, "d81900"),
                        referring(0x7a, "da0000001900"),
                        repeated("5f", "ff"),
                        concatenated("c25a000f4240", million),
                        concatenated("81c25a000f4240", million),
                        concatenated("c48200c25a000f4240", million)));
    }

    private static byte[] repeated(String item, String last) {
        return HexFormat.of().parseHex(item.repeat(100_000) + last);
    }

    /** An array of one string and 10,000 references to it. */
    private static byte[] referring(int type, String reference) {
        byte[] string = new byte[100_000];
        Arrays.fill(string, (byte) 'A');
        byte[] array = concatenated("d901009f" + HexFormat.of().toHexDigits((byte) type) + "000186a0", string);
        return concatenated(HexFormat.of().formatHex(array), HexFormat.of().parseHex(reference.repeat(10_000) + "ff"));
    }

    private static byte[] concatenated(String head, byte[] rest) {
        byte[] start = HexFormat.of().parseHex(head);
        byte[] whole = Arrays.copyOf(start, start.length + rest.length);
        System.arraycopy(rest, 0, whole, start.length, rest.length);
        return whole;
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("items")
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    @DisplayName("costs little as CBOR, whatever lengths and depths it declares")
    void lengthsAsCbor(byte[] item) {
        for (Class<?> target : TARGETS) {
            assertCheap(Formats.cbor(target), item);
        }
    }

    @Test
    @DisplayName(
            "is told by the tags of one item, and not by bytes that look like tags, nor by how many items have some")
    void tags() {
        Codec<Object> any = Formats.cbor(Object.class);
        assertThat(any.decode(HexFormat.of().parseHex("d9d9f7" + "c1".repeat(15) + "07")))
                .isEqualTo(7);
        assertThatThrownBy(() -> any.decode(HexFormat.of().parseHex("d9d9f7" + "c1".repeat(16) + "07")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than 16 tags");
        assertThatThrownBy(() -> any.decode(HexFormat.of().parseHex("d901008261" + "41d81900")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a reference to a string");
        for (int length : new int[] {20, 200, 70_000}) {
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) 0xc1);
            assertThat(any.decode(any.encode(bytes))).isEqualTo(bytes);
        }
        assertThat(any.decode(HexFormat.of().parseHex("5f" + "44c1c1c1c1".repeat(10) + "ff")))
                .isEqualTo(HexFormat.of().parseHex("c1".repeat(40)));
        List<Object> numbers = Collections.nCopies(1_000, BigInteger.TEN.pow(30));
        assertThat(any.decode(any.encode(numbers))).isEqualTo(numbers);
    }

    /** A value or a refusal, in memory that the bytes that are there account for. */
    private static void assertCheap(Codec<?> codec, byte[] bytes) {
        ThreadMXBean memory = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = memory.getThreadAllocatedBytes(thread);
        Throwable refused = catchThrowable(() -> codec.decode(bytes));
        assertThat(memory.getThreadAllocatedBytes(thread) - before)
                .as("bytes that %s takes", codec)
                .isLessThan(MOST_BYTES);
        if (refused != null) {
            assertThat(refused).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @DisplayName("that is nested 100,000 deep is refused as CBOR, too")
    void nesting() {
        Codec<List<Object>> lists = Formats.named("cbor").codec(new TypeRef<List<Object>>() {});
        assertThatThrownBy(() -> lists.decode(repeated("81", "00")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nesting depth");
        assertThatThrownBy(() -> Formats.cbor(Holder.class).decode(repeated("a1616b", "00")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nesting depth");
    }
}
