package io.cuttlestore.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A deadline")
class DeadlineTest {
    @Test
    @DisplayName("lies as far ahead as was allowed")
    void ahead() {
        Deadline deadline = Deadline.after(Duration.ofHours(1));
        assertThat(deadline.timeout()).isEqualTo(Duration.ofHours(1));
        assertThat(deadline.hasPassed()).isFalse();
        assertThat(Duration.ofNanos(deadline.remainingNanos())).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
    }

    @Test
    @DisplayName("rounds the milliseconds that are left up, so that whoever waits for them does not wake too early")
    void roundsUp() {
        Deadline deadline = Deadline.after(Duration.ofHours(1));
        Duration before = Duration.ofNanos(deadline.remainingNanos());
        Duration rounded = Duration.ofMillis(deadline.remainingMillis());
        Duration after = Duration.ofNanos(deadline.remainingNanos());
        assertThat(rounded).isBetween(after, before.plusMillis(1));
    }

    @Test
    @DisplayName("that has passed leaves no milliseconds")
    void passed() {
        for (Duration timeout : new Duration[] {Duration.ZERO, Duration.ofHours(-1)}) {
            Deadline deadline = Deadline.after(timeout);
            assertThat(deadline.hasPassed()).isTrue();
            assertThat(deadline.remainingNanos()).isNotPositive();
            assertThat(deadline.remainingMillis()).isZero();
        }
    }

    @Test
    @DisplayName("that is none does not come nearer")
    void none() {
        assertThat(Deadline.NONE.hasPassed()).isFalse();
        assertThat(Deadline.NONE.remainingNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(Deadline.NONE.remainingMillis()).isEqualTo(Integer.MAX_VALUE);
    }
}
