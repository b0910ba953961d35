package io.cuttlestore.benchmarks.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A JDK to measure on.
 *
 * @param home its folder
 * @param version all of its version: {@code 17.0.15}
 * @param feature the number by which it is known: 17
 */
public record Jdk(Path home, String version, int feature) {
    private static final int NATIVE_ACCESS_WARNS = 24;

    /** The one in a folder, if there is one. */
    static Optional<Jdk> in(Path home) {
        Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.isReadable(release)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(release)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
        return Optional.of(new Jdk(home, version, Runtime.Version.parse(version).feature()));
    }

    /** The one that runs this. */
    public static Jdk current() {
        Runtime.Version version = Runtime.version();
        return new Jdk(Path.of(System.getProperty("java.home")), shortText(version), version.feature());
    }

    private static String shortText(Runtime.Version version) {
        return version.toString().replaceAll("[+-].*", "");
    }

    /** The installed one of a version: the one that runs this, or else where systems put them. */
    public static Optional<Jdk> find(int feature) {
        List<Jdk> jdks = new ArrayList<>();
        jdks.add(current());
        for (String folder : List.of("/usr/lib/jvm", "/opt", "/opt/java", "/Library/Java/JavaVirtualMachines")) {
            jdks.addAll(below(Path.of(folder)));
        }
        jdks.addAll(below(Path.of(System.getProperty("user.home"), ".sdkman/candidates/java")));
        jdks.addAll(below(Path.of(System.getProperty("user.home"), ".jdks")));
        return jdks.stream().filter(jdk -> jdk.feature == feature).findFirst();
    }

    private static List<Jdk> below(Path folder) {
        if (!Files.isReadable(folder)) {
            return List.of();
        }
        try (Stream<Path> homes = Files.list(folder)) {
            return homes.sorted()
                    .flatMap(home -> Stream.of(home, home.resolve("Contents/Home")))
                    .flatMap(home -> in(home).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String java() {
        return home.resolve("bin/java").toString();
    }

    /** What this version must be told so that it doesn't warn of native libraries. */
    List<String> options() {
        return feature >= NATIVE_ACCESS_WARNS ? List.of("--enable-native-access=ALL-UNNAMED") : List.of();
    }
}
