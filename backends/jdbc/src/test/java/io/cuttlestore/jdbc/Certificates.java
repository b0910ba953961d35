package io.cuttlestore.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Certificates made for one test run with {@code openssl}, {@code NAME.crt} and {@code NAME.key}: an authority {@code ca},
 * a {@code server} for 127.0.0.1, a {@code client}, and an authority {@code other} that signed none of them.
 */
public final class Certificates {
    private static Certificates made;

    private final Path folder;

    private Certificates() throws IOException {
        folder = Files.createTempDirectory("cuttlestore-jdbc");
        Runtime.getRuntime().addShutdownHook(new Thread(this::delete));
        for (String authority : new String[] {"ca", "other"}) {
            openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=" + authority
                    + " -keyout " + authority + ".key -out " + authority + ".crt");
        }
        write("server.ext", "subjectAltName=IP:127.0.0.1");
        write("client.ext", "extendedKeyUsage=clientAuth");
        for (String name : new String[] {"server", "client"}) {
            openssl("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=" + name + " -keyout " + name
                    + ".key -out " + name + ".csr");
            openssl("x509 -req -in " + name + ".csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile " + name
                    + ".ext -out " + name + ".crt");
        }
    }

    public static synchronized Certificates made() {
        if (made == null) {
            try {
                made = new Certificates();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return made;
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    public Path write(String name, String text) {
        try {
            return Files.writeString(file(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void openssl(String arguments) throws IOException {
        Process process = new ProcessBuilder(("openssl " + arguments).split(" "))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new AssertionError("openssl " + arguments + "\n" + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void delete() {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
