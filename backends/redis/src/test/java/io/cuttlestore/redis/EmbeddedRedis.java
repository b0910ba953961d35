package io.cuttlestore.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** The server of version 6.2 that is packed in a Maven artifact, unpacked once for this JVM. */
final class EmbeddedRedis {
    private static final Path BINARY = unpack();

    private EmbeddedRedis() {}

    static Path binary() {
        return BINARY;
    }

    private static Path unpack() {
        String resource = "/redis-server-" + build();
        try (InputStream in = EmbeddedRedis.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new AssertionError("The artifact embedded-redis has no " + resource);
            }
            Path file = Files.createTempFile("redis-server-6.2", "");
            file.toFile().deleteOnExit();
            Files.write(file, in.readAllBytes());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String build() {
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        if (System.getProperty("os.name").startsWith("Mac")) {
            return "6.2.6-v5-darwin-" + (arm ? "arm64" : "amd64");
        }
        return arm ? "6.2.7-linux-arm64" : "6.2.6-v5-linux-amd64";
    }
}
