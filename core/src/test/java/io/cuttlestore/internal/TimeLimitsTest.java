package io.cuttlestore.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.spi.Deadline;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A time that nanoseconds can't count")
class TimeLimitsTest {
    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

    @Test
    @DisplayName("is a deadline that does not pass")
    void deadline() {
        assertThat(Deadline.after(FOREVER).hasPassed()).isFalse();
        assertThat(Deadline.after(FOREVER).remainingMillis()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    @DisplayName("is a time limit and an interval of sweeps like any other")
    void timeLimit() throws Exception {
        try (Cuttlestore<Integer> store = Cuttlestore.builder("in-memory")
                .timeout(FOREVER)
                .sweepEvery(FOREVER)
                .open(Integer.class)) {
            assertThat(store.computeIfAbsent("k", key -> 1)).isEqualTo(1);
            assertThat(store.update("k", seen -> seen.map(n -> n + 1))).contains(2);
            assertThat(store.async().get("k").get(5, TimeUnit.SECONDS)).isEqualTo(Optional.of(2));
        }
    }
}
