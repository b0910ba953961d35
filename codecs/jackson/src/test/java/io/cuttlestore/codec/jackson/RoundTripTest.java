package io.cuttlestore.codec.jackson;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.cuttlestore.Codec;
import io.cuttlestore.TypeRef;
import io.cuttlestore.codec.CodecProvider;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What was encoded decodes into an equal value")
class RoundTripTest {
    enum Rank {
        AGENT,
        CHIEF {
            @Override
            public String toString() {
                return "the chief";
            }
        };

        @Override
        public String toString() {
            return "rank " + name();
        }
    }

    record Agent(String name, Rank rank, Optional<String> alias) {}

    record Mission(String message, List<Agent> crew, Map<String, Agent> contacts, Set<Rank> cleared) {}

    record Box<T>(T content) {}

    record Nothing() {}

    record Primitives(
            boolean z, byte b, short s, int i, long j, float f, double d, char c, Boolean zz, Long jj, Double dd) {}

    record OddNames(boolean isOpen, String getName, String URL, String aB, int _x, int $y, String set, String value) {}

    record ManyConstructors(int x, int y) {
        ManyConstructors(int both) {
            this(both, both);
        }

        ManyConstructors(String text) {
            this(Integer.parseInt(text));
        }

        static ManyConstructors valueOf(String text) {
            return new ManyConstructors(text);
        }

        public int getSum() {
            return x + y;
        }
    }

    static class Bean {
        public String message = "";
        private int count;

        public int getCount() {
            return count;
        }

        public void setCount(int count) {
            this.count = count;
        }
    }

    private static final Agent ETHAN = new Agent("Ethan Hunt", Rank.AGENT, Optional.empty());
    private static final Agent JIM = new Agent("Jim Phelps", Rank.CHIEF, Optional.of("Job 3:14"));

    static Stream<Arguments> values() {
        return Formats.all()
                .flatMap(format -> Stream.of(
                                new TypedValue<>(new TypeRef<Agent>() {}, JIM),
                                new TypedValue<>(
                                        new TypeRef<Mission>() {},
                                        new Mission(
                                                "Your mission, ...",
                                                List.of(ETHAN, JIM),
                                                Map.of("a \u0000\n\"", JIM),
                                                Set.of(Rank.CHIEF))),
                                new TypedValue<>(
                                        new TypeRef<Mission>() {},
                                        new Mission("é 漢 😀", List.of(), Map.of(), Set.of())),
                                new TypedValue<>(new TypeRef<List<Agent>>() {}, List.of(ETHAN, JIM)),
                                new TypedValue<>(new TypeRef<Map<String, List<Agent>>>() {}, Map.of("", List.of(JIM))),
                                new TypedValue<>(new TypeRef<Map<Rank, Integer>>() {}, Map.of(Rank.CHIEF, 1)),
                                new TypedValue<>(new TypeRef<Optional<Agent>>() {}, Optional.of(ETHAN)),
                                new TypedValue<>(new TypeRef<Optional<Agent>>() {}, Optional.empty()),
                                new TypedValue<>(new TypeRef<Box<Box<Agent>>>() {}, new Box<>(new Box<>(ETHAN))),
                                new TypedValue<>(new TypeRef<Nothing>() {}, new Nothing()),
                                new TypedValue<>(new TypeRef<List<Rank>>() {}, List.of(Rank.values())),
                                new TypedValue<>(
                                        new TypeRef<Primitives>() {},
                                        new Primitives(
                                                true,
                                                (byte) -128,
                                                (short) -1,
                                                Integer.MIN_VALUE,
                                                Long.MIN_VALUE,
                                                Float.NaN,
                                                Double.NEGATIVE_INFINITY,
                                                '\0',
                                                null,
                                                Long.MAX_VALUE,
                                                -0.0)),
                                new TypedValue<>(
                                        new TypeRef<OddNames>() {}, new OddNames(true, "n", "u", "ab", 1, 2, "s", "v")),
                                new TypedValue<>(new TypeRef<ManyConstructors>() {}, new ManyConstructors(1, 2)),
                                new TypedValue<>(
                                        new TypeRef<List<Double>>() {},
                                        List.of(0.1, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN, 1e-7)),
                                new TypedValue<>(
                                        new TypeRef<List<Float>>() {},
                                        List.of(0.1f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN)),
                                new TypedValue<>(
                                        new TypeRef<List<BigDecimal>>() {},
                                        List.of(
                                                new BigDecimal("1.10"),
                                                new BigDecimal("-0.00"),
                                                new BigDecimal("1E+400"))),
                                new TypedValue<>(
                                        new TypeRef<List<BigInteger>>() {},
                                        List.of(
                                                BigInteger.TEN.pow(999),
                                                BigInteger.TEN.pow(998).negate())),
                                new TypedValue<>(new TypeRef<UUID>() {}, new UUID(1, 2)),
                                new TypedValue<>(new TypeRef<Date>() {}, new Date(1_234_567)),
                                new TypedValue<>(
                                        new TypeRef<Map<String, Integer>>() {}, Map.of("k".repeat(100_000), 1)),
                                new TypedValue<>(
                                        new TypeRef<List<String>>() {}, List.of("long".repeat(30_000_000 / 4))))
                        .map(value -> arguments(format, value)));
    }

    static Stream<Arguments> times() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        ZonedDateTime repeatedHour = ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 1, berlin);
        return Formats.all()
                .flatMap(format -> Stream.<Object>of(
                                Instant.MIN,
                                Instant.MAX,
                                Instant.EPOCH,
                                Instant.ofEpochSecond(1, 123_456_789),
                                LocalDate.MIN,
                                LocalDate.MAX,
                                LocalTime.MAX,
                                LocalDateTime.MIN,
                                LocalDateTime.MAX,
                                OffsetDateTime.MIN,
                                OffsetDateTime.MAX,
                                OffsetTime.MIN,
                                OffsetTime.MAX,
                                OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.ofHoursMinutesSeconds(1, 2, 3)),
                                Year.of(-5),
                                Year.of(Year.MAX_VALUE),
                                YearMonth.of(2026, 3),
                                YearMonth.of(Year.MIN_VALUE, 1),
                                MonthDay.of(2, 29),
                                Month.MAY,
                                DayOfWeek.FRIDAY,
                                Duration.ofSeconds(Long.MIN_VALUE),
                                Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
                                Duration.ofNanos(-1),
                                Period.of(1, -2, 40),
                                ZoneOffset.UTC,
                                ZoneOffset.ofHours(5),
                                repeatedHour,
                                repeatedHour.withLaterOffsetAtOverlap(),
                                repeatedHour.withZoneSameInstant(ZoneOffset.UTC),
                                repeatedHour.withZoneSameInstant(ZoneId.of("UTC")),
                                repeatedHour.withZoneSameInstant(ZoneId.of("UTC+01:00")),
                                repeatedHour.withZoneSameInstant(ZoneId.of("Etc/GMT+5")))
                        .map(value -> arguments(format, value)));
    }

    record TypedValue<V>(TypeRef<V> type, V value) {
        V through(CodecProvider format) {
            Codec<V> codec = format.codec(type);
            return codec.decode(codec.encode(value));
        }

        @Override
        public String toString() {
            return type.toString();
        }
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("values")
    void valuesOfManyTypes(CodecProvider format, TypedValue<?> typed) {
        assertThat((Object) typed.through(format)).isEqualTo(typed.value());
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("times")
    void timesKeepNanosecondsOffsetAndZone(CodecProvider format, Object time) {
        assertThat(new TypedValue<>(typeOf(time), time).through(format)).isEqualTo(time);
    }

    @SuppressWarnings("unchecked")
    private static TypeRef<Object> typeOf(Object time) {
        return TypeRef.of((Class<Object>) time.getClass());
    }

    @Test
    void zonesKeepTheirSpelling() {
        for (String zone : List.of("Z", "UTC", "GMT0", "Europe/Berlin", "+01:00", "UTC+01:00")) {
            Codec<ZoneId> codec = Formats.json(ZoneId.class);
            assertThat(codec.decode(codec.encode(ZoneId.of(zone)))).isEqualTo(ZoneId.of(zone));
        }
    }

    @Test
    void beansAreMappedByFieldsAndProperties() {
        Bean bean = new Bean();
        bean.message = "Good morning";
        bean.setCount(3);

        Codec<Bean> codec = Formats.json(Bean.class);

        assertThat(codec.decode(codec.encode(bean))).usingRecursiveComparison().isEqualTo(bean);
    }

    @Test
    void anUnpairedSurrogateSurvivesAsJson() {
        Codec<Agent> codec = Formats.json(Agent.class);
        Agent odd = new Agent("a\ud800b\udc00", Rank.AGENT, Optional.empty());

        assertThat(codec.decode(codec.encode(odd))).isEqualTo(odd);
    }

    @Test
    void jsonIsForPeople() {
        Codec<Box<ZonedDateTime>> codec = Formats.named("json").codec(new TypeRef<Box<ZonedDateTime>>() {});

        assertThat(new String(
                        codec.encode(new Box<>(ZonedDateTime.parse("2026-10-25T02:30+01:00[Europe/Berlin]"))), UTF_8))
                .isEqualTo("{\"content\":\"2026-10-25T02:30:00+01:00[Europe/Berlin]\"}");
        assertThat(new String(Formats.json(Agent.class).encode(JIM), UTF_8))
                .isEqualTo("{\"name\":\"Jim Phelps\",\"rank\":\"CHIEF\",\"alias\":\"Job 3:14\"}");
    }

    @Test
    void theSameValueAlwaysHasTheSameBytes() {
        Mission mission = new Mission("m", List.of(ETHAN), Map.of("k", JIM), Set.of(Rank.AGENT));

        assertThat(Formats.json(Mission.class).encode(mission))
                .isEqualTo(Formats.json(Mission.class).encode(mission));
        assertThat(Formats.cbor(Mission.class).encode(mission))
                .isEqualTo(Formats.cbor(Mission.class).encode(mission));
    }

    @Test
    void ofADuplicatePropertyTheLastCounts() {
        assertThat(Formats.json(Nothing.class).decode("{\"a\":1,\"a\":2}".getBytes(UTF_8)))
                .isEqualTo(new Nothing());
        assertThat(Formats.json(ManyConstructors.class).decode("{\"x\":1,\"y\":2,\"x\":3}".getBytes(UTF_8)))
                .isEqualTo(new ManyConstructors(3, 2));
    }

    @Test
    void contentsNeverChooseAClass() {
        byte[] bytes = "{\"@class\":\"java.util.Date\",\"@type\":\"java.io.File\"}".getBytes(UTF_8);

        assertThat(Formats.json(Object.class).decode(bytes))
                .isEqualTo(Map.of("@class", "java.util.Date", "@type", "java.io.File"));
    }
}
