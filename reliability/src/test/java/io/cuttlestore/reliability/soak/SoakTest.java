package io.cuttlestore.reliability.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.reliability.PlantedFaults;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A soak")
class SoakTest {
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);

    @TempDir
    private Path folder;

    private final Tally tally = new Tally();

    private Site site() {
        return new Site(folder, tally, true);
    }

    @Test
    @DisplayName("passes where nothing is wrong, after faults and reopenings")
    void passes() throws Exception {
        try (Soak soak = new Soak(site(), Duration.ofSeconds(4), List.of("in-memory", "sqlite"), inner -> inner)) {
            soak.attempt(1);
        }
        assertThat(tally.counts()).containsKeys("sqlite: operations", "in-memory: operations");
        assertThat(tally.counts().get("commands that went wrong")).isGreaterThan(100);
        assertThat(tally.counts().get("reopenings")).isGreaterThan(1);
    }

    @Test
    @DisplayName("notices a write that is lost")
    void lostWrite() throws Exception {
        try (Soak soak = new Soak(site(), Duration.ofSeconds(10), List.of("in-memory"), PlantedFaults.LostPuts::new)) {
            assertThatThrownBy(() -> soak.attempt(1))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("where there should have been");
        }
    }

    private static Histogram calls(long millis, long count) {
        Histogram histogram = new Histogram(LONGEST_NANOS, 3);
        histogram.recordValueWithCount(TimeUnit.MILLISECONDS.toNanos(millis), count);
        return histogram;
    }

    @Test
    @DisplayName("notices calls that get slower, and a heap that grows")
    void unsteady() {
        assertThatCode(() -> Steadiness.requireQuick("x", calls(10, 100_000), calls(30, 100_000), tally))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Steadiness.requireQuick("x", calls(10, 100_000), calls(40, 100_000), tally))
                .isInstanceOf(AssertionError.class);
        assertThatCode(() -> Steadiness.requireQuick("x", calls(10, 1), calls(500, 1), tally))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Steadiness.requireQuick("x", calls(10, 1), calls(600, 1), tally))
                .hasMessageContaining("99th percentile");
        assertThatThrownBy(() -> Steadiness.requireQuick("x", calls(10, 1), new Histogram(LONGEST_NANOS, 3), tally))
                .isInstanceOf(AssertionError.class);
        assertThatCode(() -> Steadiness.requireSmall(100 << 20, 120 << 20, tally))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Steadiness.requireSmall(100 << 20, 150 << 20, tally))
                .isInstanceOf(AssertionError.class);
    }
}
