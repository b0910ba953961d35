package io.cuttlestore.benchmarks.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.benchmarks.Measurement;
import io.cuttlestore.benchmarks.Samples;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {
    @TempDir
    Path folder;

    @Test
    void readsWhatItHasWritten() {
        Results results = Samples.results(
                List.of(new LeftOut("Redis", "no server")),
                new Measurement("redis-get", "jedis", "17", 64, "us/op", List.of(1.5, 2.5), Map.of("99.9", 7.5)));
        Path file = folder.resolve("results.json");
        results.write(file);
        assertThat(Results.read(file)).isEqualTo(results);
    }

    @Test
    void knowsItsJdks() {
        Results results = Samples.results(
                List.of(),
                Samples.time("a", "cuttlestore", "25", 1.0),
                Samples.time("a", "cuttlestore", "17", 1.0),
                Samples.time("a", "rust", "", 1.0));
        assertThat(results.jdks()).containsExactly("17", "25");
    }
}
