package io.cuttlestore.benchmarks.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The crate that Cuttlestore descends from, in a process of its own that is told what to do line by line. */
final class RustProgram implements Contender {
    private final Process process;
    private final Writer requests;
    private final BufferedReader answers;

    private RustProgram(Process process) {
        this.process = process;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /**
     * Compiles the program, without the network if everything is there already.
     *
     * @return the executable file
     * @throws LeftOutException if there is no Rust toolchain, or if the program can't be compiled
     */
    static Path build(Path sources) throws LeftOutException, InterruptedException {
        List<String> build = List.of("cargo", "build", "--release", "--locked", "--quiet");
        List<String> offline = new ArrayList<>(build);
        offline.add("--offline");
        if (!succeeds(offline, sources, ProcessBuilder.Redirect.DISCARD)
                && !succeeds(build, sources, ProcessBuilder.Redirect.INHERIT)) {
            throw new LeftOutException("cargo could not build " + sources);
        }
        return sources.resolve("target/release/rust-original").toAbsolutePath();
    }

    private static boolean succeeds(List<String> command, Path folder, ProcessBuilder.Redirect errors)
            throws LeftOutException, InterruptedException {
        try {
            Process cargo = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(errors)
                    .start();
            return cargo.waitFor() == 0;
        } catch (IOException e) {
            throw new LeftOutException("no Rust toolchain");
        }
    }

    /** Starts it on a store, which it fills. */
    static RustProgram start(Path executable, String connectionString) {
        try {
            return new RustProgram(new ProcessBuilder(executable.toString(), connectionString)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String name() {
        return "rust-original";
    }

    @Override
    public String jdk() {
        return "";
    }

    @Override
    public double round(Work work, Duration length) throws IOException {
        requests.write((work.reads ? "get " : "put ")
                + (work.concurrent ? "concurrent " : "sequential ")
                + length.toMillis()
                + "\n");
        requests.flush();
        String answer = answers.readLine();
        if (answer == null) {
            throw new IOException("the Rust program ended, see above");
        }
        return Double.parseDouble(answer);
    }

    @Override
    public void close() {
        try {
            requests.close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException ended) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
