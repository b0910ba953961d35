package io.cuttlestore.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The report of trials")
class ReportTest {
    private static final List<Trial> TRIALS = Stream.of("kill", "rot", "soak")
            .map(name -> new Trial(name, "all is well", 10, 1, site -> seed -> {}))
            .toList();

    @TempDir
    private Path folder;

    private static Run run(String date, Outcome... outcomes) {
        return new Run(date, "./torture", Map.of("cores", "2"), 90, List.of(outcomes));
    }

    private static Outcome outcome(String trial, int attempts, @Nullable String failure) {
        return new Outcome(trial, "all is well", attempts, 42, 60, Map.of("kills", 7L), failure, null);
    }

    @Test
    @DisplayName("has what came of each trial last, and names those not carried out")
    void newest() throws IOException {
        Results results = Results.NONE
                .with(run("Monday", outcome("kill", 10, null), outcome("rot", 10, null)))
                .with(run("Tuesday", outcome("kill", 4, "lost")));
        Path file = folder.resolve("results.json");
        results.write(file);
        String page = Files.readString(new Report(Results.read(file), TRIALS).write(folder));
        assertThat(page)
                .contains(
                        "**1 of 2 trials were survived**; there are 3.",
                        "| kill | 4 | all is well | 7 kills | 60 | 2 | **failed** |",
                        "| rot | 10 | all is well | 7 kills | 60 | 1 | passed |",
                        "| soak | 0 | all is well |  |  |  | **not carried out** |",
                        "| 1 | Monday | `./torture` | 1 | 2 | cores 2 |",
                        "| 2 | Tuesday | `./torture` | 1 | 2 | cores 2 |");
    }

    @Test
    @DisplayName("lacks a run all of whose trials were carried out again")
    void replaced() {
        Run again = run("Tuesday", outcome("kill", 10, null));
        assertThat(Results.NONE
                        .with(run("Monday", outcome("kill", 4, "lost")))
                        .with(again)
                        .runs())
                .containsExactly(again);
    }
}
