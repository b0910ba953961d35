package io.cuttlestore.reliability.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** The inputs of a target that are kept: good ones to begin with, and those that were once not taken well. One a line, in hex. */
final class Seeds {
    private Seeds() {}

    static List<byte[]> of(Class<?> target) {
        String name = target.getSimpleName() + ".hex";
        try (InputStream file = Objects.requireNonNull(target.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(HexFormat.of()::parseHex)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes each into a file of a folder. */
    static void write(Class<?> target, Path folder) throws IOException {
        int number = 0;
        for (byte[] seed : of(target)) {
            Files.write(folder.resolve("seed-" + number++), seed);
        }
    }
}
