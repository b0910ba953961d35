package io.cuttlestore.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExpiryTest {
    private static final long NOW = 1_000;

    @Test
    void durationsRoundUpToAMillisecond() {
        assertThat(deadline(Expiry.after(Duration.ofNanos(1)))).isEqualTo(NOW + 1);
        assertThat(deadline(Expiry.after(Duration.ofMillis(500)))).isEqualTo(NOW + 500);
        assertThat(deadline(Expiry.after(Duration.ofNanos(500_000_001)))).isEqualTo(NOW + 501);
    }

    @Test
    void whatOverflowsMeansNever() {
        assertThat(deadline(Expiry.after(Duration.ofSeconds(Long.MAX_VALUE)))).isEqualTo(Stored.NEVER);
        assertThat(deadline(Expiry.after(Duration.ofMillis(Long.MAX_VALUE)))).isEqualTo(Stored.NEVER);
        assertThat(deadline(Expiry.at(Instant.MAX))).isEqualTo(Stored.NEVER);
        assertThat(deadline(Expiry.at(Instant.ofEpochMilli(Long.MAX_VALUE).plusNanos(1))))
                .isEqualTo(Stored.NEVER);
    }

    @Test
    void zeroAndNegativeDurationsAreMisuse() {
        assertThatIllegalArgumentException().isThrownBy(() -> Expiry.after(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> Expiry.after(Duration.ofNanos(-1)));
    }

    @Test
    void instantsRoundUpAndMayBePast() {
        assertThat(deadline(Expiry.at(Instant.ofEpochMilli(7)))).isEqualTo(7);
        assertThat(deadline(Expiry.at(Instant.ofEpochMilli(7).plusNanos(1)))).isEqualTo(8);
        assertThat(deadline(Expiry.at(Instant.MIN))).isNegative();
    }

    @Test
    void keepTakesTheDeadlineThatIsThere() {
        assertThat(Expiry.KEEP.deadline(NOW, 5_000)).isEqualTo(5_000);
        assertThat(Expiry.NEVER.deadline(NOW, 5_000)).isEqualTo(Stored.NEVER);
    }

    private static long deadline(Expiry expiry) {
        return expiry.deadline(NOW, Stored.NEVER);
    }
}
