package io.cuttlestore.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.benchmarks.Samples;
import io.cuttlestore.benchmarks.Target;
import io.cuttlestore.benchmarks.result.LeftOut;
import io.cuttlestore.benchmarks.result.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    @TempDir
    Path parent;

    private String page(Results results) throws IOException {
        Path folder = Files.createDirectory(parent.resolve("benchmarks"));
        Files.writeString(folder.resolve("old.svg"), "");
        var comparison = Samples.comparison(ReportTest.class, Target.atMost(1.15, "raw"), Target.faster(2, "raw"));
        return Files.readString(new Report(results, List.of(comparison)).write(folder));
    }

    @Test
    void showsEachTargetWithItsVerdict() throws IOException {
        String page = page(Samples.results(
                List.of(),
                Samples.time("sqlite-try", "cuttlestore", "17", 1.0, 1.1, 1.2),
                Samples.time("sqlite-try", "raw", "17", 1.0, 1.0, 1.0)));
        assertThat(page)
                .contains("**1 of 2 targets are met.**")
                .contains("| SQLite try | ≤ 1.15× the time of raw | 1.10 (1.00–1.20) | met |")
                .contains("| SQLite try | ≥ 2× as fast as raw | **0.91 (0.83–1.00)** | **missed** |")
                .contains("| Command line: cuttle get, Redis | ≤ 90 ms |  | not measured |")
                .contains("(benchmarks/sqlite.svg)", "(benchmarks/targets.svg)");
        assertThat(parent.resolve("benchmarks/sqlite.svg")).content().startsWith("<?xml");
        assertThat(parent.resolve("benchmarks/old.svg")).doesNotExist();
    }

    @Test
    void isMissedIfOneJdkMissesIt() throws IOException {
        String page = page(Samples.results(
                List.of(),
                Samples.time("sqlite-try", "cuttlestore", "17", 1.0),
                Samples.time("sqlite-try", "raw", "17", 1.0),
                Samples.time("sqlite-try", "cuttlestore", "25", 3.0),
                Samples.time("sqlite-try", "raw", "25", 2.0)));
        assertThat(page).contains("| SQLite try | ≤ 1.15× the time of raw | 1.00 | **1.50** | **missed** |");
    }

    @Test
    void tellsWhatWasLeftOutEvenIfThatIsAll() throws IOException {
        String page = page(Samples.results(List.of(new LeftOut("Redis", "no Redis server"))));
        assertThat(page).contains("left out: Redis: no Redis server");
    }
}
