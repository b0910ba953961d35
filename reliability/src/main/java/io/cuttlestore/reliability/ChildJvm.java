package io.cuttlestore.reliability;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A main class of ours in a JVM of its own, with pipes to its input and output; what it says on stderr is shown. */
public final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final InputStream output;

    private ChildJvm(Process process) {
        this.process = process;
        this.output = new BufferedInputStream(process.getInputStream());
    }

    public static ChildJvm start(Class<?> main, List<String> arguments) throws IOException {
        return startUnder(List.of(), main, arguments);
    }

    /**
     * Starts it by another command.
     *
     * @param wrapper a command that runs the command that follows it, such as {@code strace -f}
     */
    public static ChildJvm startUnder(List<String> wrapper, Class<?> main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        return new ChildJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** What it prints. Can be read to its end after it was killed, too. */
    public InputStream output() {
        return output;
    }

    /** What it reads. */
    public OutputStream input() {
        return process.getOutputStream();
    }

    public long pid() {
        return process.pid();
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    /** Waits for its end; its exit status. */
    public int await(long seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError("the child JVM did not end within " + seconds + " s");
        }
        return process.exitValue();
    }

    /** Kills it unless it has ended. */
    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }
}
