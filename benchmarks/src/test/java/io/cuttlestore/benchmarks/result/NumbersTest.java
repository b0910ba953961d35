package io.cuttlestore.benchmarks.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.1|1.10",
                "1|1.00",
                "12.34|12.3",
                "123.4|123",
                "1523456|1,520,000",
                "0.9123|0.91",
                "0.01234|0.0123"
            })
    void haveThreeDigitsThatCountAndHundredthsAtMostNearOne(double number, String text) {
        assertThat(Numbers.text(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1.15|1.15", "1.1|1.1", "10|10", "1500000|1,500,000"})
    void areWrittenAsPeopleWriteThem(double number, String text) {
        assertThat(Numbers.plain(number)).isEqualTo(text);
    }
}
