package io.cuttlestore.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.benchmarks.Comparison;
import io.cuttlestore.benchmarks.Comparisons;
import io.cuttlestore.benchmarks.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskTest {
    private static final Jdk FIRST = new Jdk(Path.of("17"), "17.0.1", 17);
    private static final Jdk SECOND = new Jdk(Path.of("25"), "25.0.1", 25);
    private static final Comparison WITH_TARGET = comparison(64, Target.faster(2, "peer"));
    private static final Comparison WITHOUT = comparison(8);

    private static Comparison comparison(int threads, Target... targets) {
        List<String> contenders = List.of("cuttlestore", "raw", "peer", "other");
        return new Comparison("redis-try", "Try", Tiny.class, contenders, threads, Map.of(), List.of(targets));
    }

    @Test
    void measureEverythingOnTheFirstJdkAndOnOthersWhatTargetsAskFor() {
        assertThat(Task.of(List.of(WITH_TARGET, WITHOUT), List.of(FIRST, SECOND), false))
                .containsExactly(
                        new Task(WITH_TARGET, FIRST, WITH_TARGET.contenders()),
                        new Task(WITH_TARGET, SECOND, List.of("cuttlestore", "raw", "peer")),
                        new Task(WITHOUT, FIRST, WITHOUT.contenders()));
    }

    @Test
    void leavePeersAndMostCallersOutOfAQuickRun() {
        assertThat(Task.of(List.of(WITH_TARGET, WITHOUT), List.of(FIRST), true))
                .containsExactly(new Task(WITH_TARGET, FIRST, List.of("cuttlestore", "raw", "peer")));
    }

    @Test
    void fitIntoTheirTime() {
        assertThat(minutes(List.of(FIRST), true, 1)).isLessThan(3.5);
        assertThat(minutes(List.of(FIRST, SECOND), false, 3)).isLessThan(36);
    }

    private static double minutes(List<Jdk> jdks, boolean quick, int rounds) {
        Request request =
                new Request("./bench", Comparisons.all(), List.of(), jdks, Path.of("."), "redis-server", quick);
        int forks = Task.of(request.comparisons(), jdks, quick).stream()
                        .mapToInt(task -> task.contenders().size())
                        .sum()
                * rounds;
        return Pace.within(request.timeForJmh(), forks)
                        .fork()
                        .multipliedBy(forks)
                        .toMillis()
                / 60_000.0;
    }
}
