package io.cuttlestore.benchmarks.run;

import io.cuttlestore.benchmarks.Measurement;
import io.cuttlestore.benchmarks.result.LeftOut;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** One run of a {@link Program}. */
final class ProgramRun {
    private static final JsonMapper JSON = new JsonMapper();

    private final Program program;
    private final PrintStream log;
    private final Consumer<Measurement> measured;
    private final Consumer<LeftOut> leftOut;
    private volatile String lastLine = "";

    ProgramRun(Program program, PrintStream log, Consumer<Measurement> measured, Consumer<LeftOut> leftOut) {
        this.program = program;
        this.log = log;
        this.measured = measured;
        this.leftOut = leftOut;
    }

    /** Runs it to its end, or until it has had its time. */
    void run(Jdk jdk, List<String> properties, Duration longest) throws IOException {
        List<String> command = new ArrayList<>(List.of(jdk.java(), "-cp", System.getProperty("java.class.path")));
        command.addAll(jdk.options());
        command.addAll(properties);
        command.add(program.mainClass());
        command.addAll(program.arguments());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        CompletableFuture<Void> reader = CompletableFuture.runAsync(() -> read(process.inputReader()));
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                leftOut.accept(new LeftOut(program.name(), "not done after " + longest.toSeconds() + " s"));
            } else {
                reader.join();
                if (process.exitValue() != 0) {
                    leftOut.accept(new LeftOut(program.name(), lastLine));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    private void read(BufferedReader lines) {
        lines.lines().forEach(line -> {
            log.println(line);
            if (line.startsWith("{")) {
                measurement(line);
            } else if (line.startsWith(Program.LEFT_OUT)) {
                String[] parts = line.substring(Program.LEFT_OUT.length()).split(": ", 2);
                leftOut.accept(new LeftOut(parts[0], parts.length > 1 ? parts[1] : ""));
            } else if (!line.isBlank() && !line.startsWith("\tat ")) {
                lastLine = line.strip();
            }
        });
    }

    private void measurement(String line) {
        try {
            measured.accept(JSON.readValue(line, Measurement.class));
        } catch (JacksonException e) {
            leftOut.accept(new LeftOut(program.name(), "a line that is no measurement: " + line));
        }
    }
}
