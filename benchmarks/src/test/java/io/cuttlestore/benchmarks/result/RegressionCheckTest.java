package io.cuttlestore.benchmarks.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.benchmarks.Measurement;
import io.cuttlestore.benchmarks.Samples;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegressionCheckTest {
    private static Results run(Double[] ours, Double[] raw) {
        return Samples.results(
                List.of(),
                Samples.time("sqlite-try", "cuttlestore", "17", ours),
                Samples.time("sqlite-try", "raw", "17", raw));
    }

    private static RegressionCheck.Change change(Results before, Results after) {
        List<RegressionCheck.Change> changes = RegressionCheck.compare(before, after);
        assertThat(changes).hasSize(1);
        return changes.get(0);
    }

    private static final Double[] ONE = {1.0, 1.0, 1.0};

    @Test
    void namesWhatGotSlowerAndByHowMuch() {
        var change = change(run(new Double[] {1.0, 1.1, 1.2}, ONE), run(new Double[] {1.4, 1.32, 1.3}, ONE));
        assertThat(change.isSlower()).isTrue();
        assertThat(change.text())
                .isEqualTo("sqlite-try at 1, JDK 17: 1.32 (1.30–1.40)× raw, was 1.10 (1.00–1.20)× raw: 20 % slower");
    }

    @Test
    void isSilentWhereForksOverlap() {
        var change = change(run(new Double[] {1.0, 1.1, 1.31}, ONE), run(new Double[] {1.4, 1.32, 1.3}, ONE));
        assertThat(change.isBeyondNoise()).isFalse();
    }

    @Test
    void isSilentAboutLessThanFivePercent() {
        var change = change(run(ONE, ONE), run(new Double[] {1.04, 1.04, 1.04}, ONE));
        assertThat(change.isBeyondNoise()).isFalse();
    }

    @Test
    void isSilentWhereTheWholeMachineIsSlower() {
        var change = change(run(ONE, ONE), run(new Double[] {3.0, 3.0, 3.0}, new Double[] {3.0, 3.0, 3.0}));
        assertThat(change.isBeyondNoise()).isFalse();
    }

    @Test
    void wantsMoreOfASingleFork() {
        Double[] single = {1.0};
        assertThat(change(run(single, single), run(new Double[] {1.25}, single)).isBeyondNoise())
                .isFalse();
        assertThat(change(run(single, single), run(new Double[] {1.35}, single)).isSlower())
                .isTrue();
    }

    @Test
    void takesLessOfARateForSlower() {
        assertThat(change(rate(100.0), rate(50.0)).isSlower()).isTrue();
        assertThat(change(rate(100.0), rate(200.0)).isFaster()).isTrue();
    }

    private static Results rate(double value) {
        List<Double> values = List.of(value, value, value);
        return Samples.results(
                List.of(), new Measurement("scan", "cuttlestore", "17", 1, "entries/s", values, Map.of()));
    }
}
