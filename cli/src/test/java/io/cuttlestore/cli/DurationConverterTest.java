package io.cuttlestore.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {
    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "60s,PT1M", "10m,PT10M", "2h,PT2H", "7d,PT168H"})
    void readsAmountAndUnit(String text, Duration expected) {
        assertThat(new DurationConverter().convert(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "60", "s", "1.5s", "-5s", "60 s", "5w", "999999999999999999d", "9999999999999999999999s"})
    void refusesWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> new DurationConverter().convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("'" + text + "' is not a duration such as 500ms");
    }

    @Test
    void refusesNothing() {
        assertThatThrownBy(() -> new DurationConverter().convert("0s")).isInstanceOf(TypeConversionException.class);
    }
}
