package io.cuttlestore.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.Cuttlestore;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.jdk.platform.logging.SLF4JSystemLoggerFinder;
import org.slf4j.simple.SimpleServiceProvider;

@DisplayName("What is logged reaches the logger that the application has")
class LoggingTest {
    @TempDir
    private Path folder;

    @Test
    void javaUtilLoggingWithoutAnything() throws Exception {
        assertThat(runWith()).contains("WARNING: sweeping in-memory", "this sweep fails on purpose");
    }

    @Test
    void javaUtilLoggingIsSetUpAsUsual() throws Exception {
        Path settings = Files.writeString(
                folder.resolve("logging.properties"),
                "handlers=java.util.logging.ConsoleHandler\nio.cuttlestore.level=OFF\n",
                StandardCharsets.UTF_8);

        assertThat(runWith(List.of("-Djava.util.logging.config.file=" + settings)))
                .doesNotContain("sweeping");
    }

    @Test
    void slf4jByOneArtifact() throws Exception {
        assertThat(runWith(LoggerFactory.class, SimpleServiceProvider.class, SLF4JSystemLoggerFinder.class))
                .contains("WARN io.cuttlestore.sweeper - sweeping in-memory", "this sweep fails on purpose");
    }

    private String runWith(Class<?>... fromArtifacts) throws Exception {
        return runWith(List.of(), fromArtifacts);
    }

    /** What {@link FailingSweep} prints with these artifacts beside core. */
    private String runWith(List<String> jvmOptions, Class<?>... fromArtifacts) throws Exception {
        String classPath = Stream.concat(Stream.of(Cuttlestore.class, FailingSweep.class), Arrays.stream(fromArtifacts))
                .map(LoggingTest::artifactOf)
                .collect(Collectors.joining(File.pathSeparator));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath, FailingSweep.class.getName()));
        return output(command);
    }

    private static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }

    private static String artifactOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
