package io.cuttlestore.reliability.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Tally;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.BackendLayer;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Put;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
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

    /** Acknowledges a write now and then without making it. */
    private static final class Forgetful extends BackendLayer {
        private final AtomicInteger puts = new AtomicInteger();

        Forgetful(Backend inner) {
            super(inner);
        }

        @Override
        @SuppressWarnings("unchecked")
        public <R extends @Nullable Object> R execute(Command<R> command) {
            if (command instanceof Put put
                    && put.condition() == Condition.ALWAYS
                    && puts.incrementAndGet() % 100 == 0) {
                return (R) Boolean.TRUE;
            }
            return inner().execute(command);
        }

        @Override
        public void executeAll(List<? extends Call<?>> calls) {
            inner().executeAll(calls);
        }

        @Override
        public ScanPage page(ScanRequest request) {
            return inner().page(request);
        }
    }

    @Test
    @DisplayName("notices a write that is lost")
    void lostWrite() throws Exception {
        try (Soak soak = new Soak(site(), Duration.ofSeconds(10), List.of("in-memory"), Forgetful::new)) {
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
