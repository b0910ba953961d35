package io.cuttlestore.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A run of a trial")
class TrialRunTest {
    private static final long SEED = 42;

    @TempDir
    private Path folder;

    private Outcome run(Trial.Ground ground, int attempts, long seed) throws IOException {
        Trial trial = new Trial("trial", "all is well", 1000, 10, ground);
        return TrialRun.of(trial, new Torture.Terms(true, attempts, seed, folder), (made, all) -> {});
    }

    @Test
    @DisplayName("makes each attempt with a seed of its own, the same in every run")
    void seeds() throws IOException {
        List<Long> seeds = new ArrayList<>();
        Outcome outcome = run(site -> seeds::add, 5, SEED);
        assertThat(outcome.isPassed()).isTrue();
        assertThat(outcome.attempts()).isEqualTo(5);
        List<Long> again = new ArrayList<>();
        run(site -> again::add, 5, SEED);
        assertThat(seeds).startsWith(SEED).doesNotHaveDuplicates().isEqualTo(again);
    }

    @Test
    @DisplayName("ends at the first failure and names the seed that repeats it")
    void failure() throws IOException {
        List<Long> seeds = new ArrayList<>();
        Trial.Ground ground = site -> seed -> {
            seeds.add(seed);
            if (seeds.size() == 3) {
                throw new IllegalStateException("lost");
            }
        };
        Outcome outcome = run(ground, 5, SEED);
        assertThat(outcome.isPassed()).isFalse();
        assertThat(outcome.attempts()).isEqualTo(3);
        assertThat(outcome.failure())
                .contains("attempt 3", "lost", "./torture --only=trial --attempts=1 --seed=" + seeds.get(2));
    }

    @Test
    @DisplayName("tells of a failed attempt though its ground can't be cleared afterwards either")
    void failsToClose() throws IOException {
        Trial.Session session = new Trial.Session() {
            @Override
            public void attempt(long seed) {
                throw new OutOfMemoryError("all of it is lost");
            }

            @Override
            public void close() throws IOException {
                throw new IOException("still in use");
            }
        };
        assertThat(run(site -> session, 5, SEED).failure())
                .contains("attempt 1: java.lang.OutOfMemoryError: all of it is lost", "--seed=" + SEED, "still in use");
    }

    @Test
    @DisplayName("says what the machine lacks")
    void leftOut() throws IOException {
        Outcome outcome = run(
                site -> {
                    throw new LeftOutException("no disk");
                },
                5,
                SEED);
        assertThat(outcome.isPassed()).isFalse();
        assertThat(outcome.leftOut()).isEqualTo("no disk");
    }

    @Test
    @DisplayName("leaves nothing behind")
    void folders() throws IOException {
        run(site -> seed -> java.nio.file.Files.writeString(site.folder().resolve("file"), "x"), 1, SEED);
        assertThat(folder).isEmptyDirectory();
    }
}
