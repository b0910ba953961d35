package io.cuttlestore.reliability;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A main class in a JVM of its own, with pipes to its input and output. */
public final class ChildJvm implements AutoCloseable {
    private static final String ERRORS = "stderr";

    /** Lets it start faster if there is an archive of a {@link Rehearsal}; if that does not fit, this is said on stderr. */
    private static final List<String> ARCHIVE = Stream.ofNullable(System.getProperty("cuttlestore.torture.archive"))
            .flatMap(archive -> Stream.of(
                    "-XX:SharedArchiveFile=" + archive, "-Xshare:auto", "-Xlog:disable", "-Xlog:all=warning:stderr"))
            .toList();

    private final Process process;
    private final InputStream output;
    private final Path scratch;

    private ChildJvm(Process process, Path scratch) {
        this.process = process;
        this.output = new BufferedInputStream(process.getInputStream());
        this.scratch = scratch;
    }

    /** A JVM to be started. */
    public static Builder of(Class<?> main) {
        return of(main.getName());
    }

    /** As {@link #of(Class)}, by the name of the class. */
    public static Builder of(String main) {
        return new Builder(main);
    }

    /** What it prints. Can be read to its end after it was killed, too. */
    public InputStream output() {
        return output;
    }

    /** What it reads. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    /** What it has printed on stderr. */
    public String errors() throws IOException {
        return Files.readString(scratch.resolve(ERRORS));
    }

    public long pid() {
        return process.pid();
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        destroy();
        process.waitFor();
    }

    /** Begins to end it, without waiting. */
    void destroy() {
        process.toHandle().destroyForcibly();
    }

    /** Ends it so if it has not ended by itself in time; whoever reads what it prints then comes to the end, too. */
    public void killAfter(long seconds) {
        CompletableFuture<?> unused = process.onExit()
                .orTimeout(seconds, TimeUnit.SECONDS)
                .whenComplete((ended, late) -> process.toHandle().destroyForcibly());
    }

    /** Waits for its end; its exit status. */
    public int await(long seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError("the child JVM did not end within " + seconds + " s");
        }
        return process.exitValue();
    }

    /** Kills it unless it has ended, and removes what it left in its folder for temporary files. */
    @Override
    public void close() throws IOException {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Folders.delete(scratch);
    }

    /** How a JVM is started. Not thread-safe. */
    public static final class Builder {
        private final String main;
        private final List<String> wrapper = new ArrayList<>();
        private final List<String> arguments = new ArrayList<>();
        private final Map<String, String> environment = new HashMap<>();

        private Builder(String main) {
            this.main = main;
        }

        public Builder arguments(List<String> more) {
            arguments.addAll(more);
            return this;
        }

        /** A command that runs the command that follows it, such as {@code strace -f}. */
        public Builder wrapper(String... command) {
            wrapper.addAll(List.of(command));
            return this;
        }

        /** A library that stands before libc. */
        public Builder preload(Path library) {
            return environment("LD_PRELOAD", library.toString());
        }

        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /**
         * Starts it.
         *
         * @param within where it gets a folder for temporary files, such as the library that SQLite's driver unpacks
         */
        public ChildJvm start(Path within) throws IOException {
            Path scratch = Files.createTempDirectory(within, "jvm");
            List<String> command = new ArrayList<>(wrapper);
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
            command.addAll(ARCHIVE);
            command.add("-Djava.io.tmpdir=" + scratch);
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectError(scratch.resolve(ERRORS).toFile());
            builder.environment().putAll(environment);
            return new ChildJvm(builder.start(), scratch);
        }
    }
}
