package io.cuttlestore.benchmarks.scale;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.benchmarks.Measurement;
import io.cuttlestore.benchmarks.MeasurementLines;
import io.cuttlestore.benchmarks.Place;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Measures how long a whole {@code ./cuttle get} takes, in turn with a JVM that does nothing, and prints
 * {@link Measurement}s of works {@code scale-cuttle-get-sqlite}, {@code scale-cuttle-get-filesystem}, {@code scale-cuttle-get-redis} and
 * {@code scale-cuttle-get-nothing}. The property {@code cuttlestore.bench.root} names the folder of the script;
 * without it, it is the working folder.
 */
public final class StartUp {
    private static final int ROUNDS = 15;
    private static final String KEY = "start-up";

    private StartUp() {}

    /** A JVM that only starts. */
    static final class Nothing {
        private Nothing() {}

        public static void main(String[] args) {}
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path script = Path.of(System.getProperty("cuttlestore.bench.root", "."), "cuttle")
                .toAbsolutePath();
        Path folder = Place.newFolder();
        Map<String, List<String>> commands = new LinkedHashMap<>();
        commands.put("scale-cuttle-get-nothing", nothing(folder));
        commands.put("scale-cuttle-get-sqlite", get(script, "sqlite://" + folder.resolve("store.db")));
        commands.put("scale-cuttle-get-filesystem", get(script, "filesystem://" + folder.resolve("files")));
        commands.put("scale-cuttle-get-redis", get(script, "redis://" + Place.redisHost() + ":" + Place.redisPort()));
        Map<String, List<Double>> millis = new LinkedHashMap<>();
        for (int round = -1; round < ROUNDS; round++) {
            for (Map.Entry<String, List<String>> command : commands.entrySet()) {
                double taken = millisOf(command.getValue());
                if (round >= 0) {
                    millis.computeIfAbsent(command.getKey(), work -> new ArrayList<>())
                            .add(taken);
                }
            }
        }
        String jdk = Integer.toString(Runtime.version().feature());
        millis.forEach((work, values) -> {
            String contender = work.equals("scale-cuttle-get-nothing") ? "java-nothing" : "cuttlestore";
            MeasurementLines.print(new Measurement(work, contender, jdk, 1, "ms", values, Map.of()));
        });
    }

    /** A class path of one class, since finding it among many jars takes longer than the start. */
    private static List<String> nothing(Path folder) throws IOException {
        String file = Nothing.class.getName().replace('.', '/') + ".class";
        Path copy = folder.resolve(file);
        Files.createDirectories(Objects.requireNonNull(copy.getParent()));
        try (var in = Objects.requireNonNull(StartUp.class.getClassLoader().getResourceAsStream(file))) {
            Files.copy(in, copy);
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(java, "-Xshare:auto", "-cp", folder.toString(), Nothing.class.getName());
    }

    private static List<String> get(Path script, String url) {
        try (Cuttlestore<String> store = Cuttlestore.open(url, String.class)) {
            store.put(KEY, "value");
        }
        return List.of(script.toString(), "get", url, KEY);
    }

    private static double millisOf(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(Redirect.INHERIT).redirectOutput(Redirect.DISCARD);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        long begin = System.nanoTime();
        int exitCode = builder.start().waitFor();
        double millis = (System.nanoTime() - begin) / 1e6;
        if (exitCode != 0) {
            throw new IllegalStateException(command + " ended with exit code " + exitCode);
        }
        return millis;
    }
}
