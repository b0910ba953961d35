package io.cuttlestore.codec.jackson;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.Codec;
import io.cuttlestore.TypeRef;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files were written by version 0.1.0 and are never written again. */
@DisplayName("What version 0.1.0 wrote is read, and still written so")
class GoldenTest {
    enum Rank {
        CHIEF
    }

    record Numbers(
            byte b, short s, int i, long l, float f, double d, BigInteger big, BigDecimal decimal, List<Double> odd) {}

    record Texts(
            String text, char letter, Rank rank, UUID id, Optional<String> some, Optional<String> none, String nil) {}

    record Times(
            Instant instant,
            LocalDate date,
            LocalTime time,
            LocalDateTime dateTime,
            OffsetTime offsetTime,
            OffsetDateTime offsetDateTime,
            ZonedDateTime zoned,
            Year year,
            YearMonth yearMonth,
            MonthDay monthDay,
            Month month,
            DayOfWeek day,
            Duration duration,
            Period period,
            ZoneId zone,
            ZoneOffset offset,
            Date old) {}

    record Everything(Numbers numbers, Texts texts, Times times, boolean flag, Map<String, List<Integer>> map) {}

    private static Everything everything() {
        Map<String, List<Integer>> map = new LinkedHashMap<>();
        map.put("z", List.of(3, 1, 2));
        map.put("a", List.of());
        return new Everything(
                new Numbers(
                        (byte) -1,
                        (short) 2,
                        -3,
                        Long.MAX_VALUE,
                        1.5f,
                        1e-7,
                        BigInteger.TEN.pow(30),
                        new BigDecimal("1.10"),
                        List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0)),
                new Texts(
                        "\"é\" 漢 😀\n\u0000",
                        'x',
                        Rank.CHIEF,
                        new UUID(1, 2),
                        Optional.of("some"),
                        Optional.empty(),
                        null),
                new Times(
                        Instant.ofEpochSecond(1_790_000_000, 1),
                        LocalDate.of(2026, 10, 25),
                        LocalTime.of(2, 30),
                        LocalDateTime.of(2026, 10, 25, 2, 30, 0, 123_456_789),
                        OffsetTime.of(2, 30, 0, 0, ZoneOffset.ofHours(5)),
                        OffsetDateTime.of(2026, 10, 25, 2, 30, 0, 0, ZoneOffset.UTC),
                        ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 0, ZoneId.of("Europe/Berlin"))
                                .withLaterOffsetAtOverlap(),
                        Year.of(2026),
                        YearMonth.of(2026, 10),
                        MonthDay.of(10, 25),
                        Month.OCTOBER,
                        DayOfWeek.SUNDAY,
                        Duration.ofMillis(90_500),
                        Period.of(1, 2, 3),
                        ZoneId.of("Europe/Berlin"),
                        ZoneOffset.ofHours(-3),
                        new Date(1_790_000_000_123L)),
                true,
                map);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "cbor"})
    void everyType(String format) throws IOException {
        byte[] golden = read("golden/everything." + format);
        Codec<Everything> codec = Formats.named(format).codec(TypeRef.of(Everything.class));

        assertThat(codec.decode(golden)).isEqualTo(everything());
        assertThat(codec.encode(everything())).isEqualTo(golden);
    }

    private static byte[] read(String resource) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(GoldenTest.class.getClassLoader().getResourceAsStream(resource), resource)) {
            return in.readAllBytes();
        }
    }
}
