package io.cuttlestore.reliability.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** The inputs of a target that are kept: good ones to begin with, and those that were once not taken well. One a line, in hex. */
final class Seeds {
    private Seeds() {}

    /** The file that keeps those of a target. */
    static String file(Class<?> target) {
        return target.getSimpleName() + ".hex";
    }

    static List<byte[]> of(Class<?> target) {
        String name = file(target);
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

    /** The files of a folder as they are to be kept. */
    static String lines(Path folder) throws IOException {
        List<String> lines = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                lines.add(HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return String.join("\n", lines);
    }
}
