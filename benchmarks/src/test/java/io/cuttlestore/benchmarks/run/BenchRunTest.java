package io.cuttlestore.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.benchmarks.Comparison;
import io.cuttlestore.benchmarks.Measurement;
import io.cuttlestore.benchmarks.Target;
import io.cuttlestore.benchmarks.result.LeftOut;
import io.cuttlestore.benchmarks.result.Results;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchRunTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private Results run(Path disk, List<Program> programs, Comparison... comparisons) throws IOException {
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        PrintStream log = new PrintStream(folder.resolve("log.txt").toFile(), StandardCharsets.UTF_8);
        Request request = new Request(
                "./bench", List.of(comparisons), programs, List.of(Jdk.current()), disk, "no-such-server", true);
        return new BenchRun(request, out, false, log).run();
    }

    private static Comparison comparison(String id) {
        List<Target> targets = List.of(Target.atMost(1, "raw"), Target.atMost(1, "other"));
        return new Comparison(id, "Try", Tiny.class, List.of("cuttlestore", "raw", "other"), 1, Map.of(), targets);
    }

    @Test
    void namesAContenderThatFailsAndGoesOn() throws IOException {
        Results results = run(folder, List.of(), comparison("in-memory-try"), comparison("redis-try"));
        String jdk = ", JDK " + Runtime.version().feature();
        assertThat(results.leftOut())
                .contains(new LeftOut("in-memory-try" + jdk + ": raw", "No space left on device"))
                .anySatisfy(left -> {
                    assertThat(left.what()).isEqualTo("Redis");
                    assertThat(left.why()).contains("no-such-server");
                });
        assertThat(results.measurements())
                .filteredOn(measurement -> measurement.unit().equals("us/op"))
                .extracting(Measurement::contender)
                .containsExactly("cuttlestore", "other");
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("left out: in-memory-try" + jdk + ": raw: No space");
        assertThat(folder.toFile().list()).containsExactly("log.txt");
    }

    @Test
    void namesAFolderThatCanNotBeWritten() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(run(file.resolve("data"), List.of()).leftOut())
                .extracting(LeftOut::what)
                .containsExactly("Filesystem", "SQLite", "Redis");
    }

    @Test
    void collectsWhatProgramsPrint() throws IOException {
        List<Program> programs = List.of(
                new Program("prints", Prints.class.getName(), List.of()),
                new Program("absent", "io.cuttlestore.Absent", List.of()));
        Results results = run(folder, programs);
        assertThat(results.measurements())
                .containsExactly(new Measurement("scale-try", "cuttlestore", "17", 10, "ms", List.of(1.5), Map.of()));
        assertThat(results.leftOut())
                .contains(new LeftOut("copy to Redis", "no server"))
                .anySatisfy(left -> assertThat(left.what()).isEqualTo("absent"));
    }

    /** Measures nothing. */
    static final class Prints {
        private Prints() {}

        public static void main(String[] arguments) {
            System.out.println("on my way");
            System.out.println("{\"work\":\"scale-try\",\"contender\":\"cuttlestore\",\"jdk\":\"17\",\"x\":10,"
                    + "\"unit\":\"ms\",\"values\":[1.5],\"percentiles\":{}}");
            System.out.println("left out: copy to Redis: no server");
        }
    }
}
