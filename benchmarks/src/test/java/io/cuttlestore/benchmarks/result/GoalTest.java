package io.cuttlestore.benchmarks.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.benchmarks.Samples;
import io.cuttlestore.benchmarks.Target;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoalTest {
    private static Goal goal(Target target) {
        return Goal.of(Samples.comparison(GoalTest.class, target), target);
    }

    private static Results results(double ours, double raw) {
        return Samples.results(
                List.of(),
                Samples.time("sqlite-try", "cuttlestore", "17", ours),
                Samples.time("sqlite-try", "raw", "17", raw));
    }

    @Test
    void isMetUpToTheMostThatItAllows() {
        Goal goal = goal(Target.atMost(1.15, "raw"));
        assertThat(goal.target()).isEqualTo("≤ 1.15× the time of raw");
        assertThat(goal.verdict(results(1.15, 1), "17")).isEqualTo(Verdict.MET);
        assertThat(goal.verdict(results(1.16, 1), "17")).isEqualTo(Verdict.MISSED);
    }

    @Test
    void isMetFromTheLeastSpeedOn() {
        Goal goal = goal(Target.faster(10, "raw"));
        assertThat(goal.target()).isEqualTo("≥ 10× as fast as raw");
        assertThat(goal.verdict(results(1, 10.1), "17")).isEqualTo(Verdict.MET);
        assertThat(goal.verdict(results(1, 9.9), "17")).isEqualTo(Verdict.MISSED);
        assertThat(goal.need(results(1, 20), "17").orElseThrow().median()).isEqualTo(0.5);
    }

    @Test
    void isNotMeasuredWithoutTheBaseline() {
        Results alone = Samples.results(List.of(), Samples.time("sqlite-try", "cuttlestore", "17", 1.0));
        assertThat(goal(Target.atMost(1.15, "raw")).verdict(alone, "17")).isEqualTo(Verdict.NOT_MEASURED);
        assertThat(goal(Target.atMost(1.15, "raw")).verdict(results(1, 1), "25"))
                .isEqualTo(Verdict.NOT_MEASURED);
    }
}
