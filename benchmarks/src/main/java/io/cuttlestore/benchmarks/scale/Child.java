package io.cuttlestore.benchmarks.scale;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM like this one, but for the size of its heap. */
final class Child {
    private final List<String> command = new ArrayList<>();

    Child(String heap, String mainClass, String... arguments) {
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-Xm"))
                .forEach(command::add);
        command.addAll(List.of(heap, "-cp", System.getProperty("java.class.path"), mainClass));
        command.addAll(List.of(arguments));
    }

    /** Runs it to its end, on our standard error and the given output; returns its exit code. */
    int run(Redirect output) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(output)
                .redirectError(Redirect.INHERIT)
                .start();
        Thread end = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(end);
        try {
            return process.waitFor();
        } finally {
            process.destroy();
            Runtime.getRuntime().removeShutdownHook(end);
        }
    }
}
