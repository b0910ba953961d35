package io.cuttlestore.testkit;

import io.cuttlestore.Capability;
import io.cuttlestore.Support;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the table of what each backend can do from the results of the kits that ran. */
public final class CapabilityMatrix {
    private CapabilityMatrix() {}

    /**
     * Says on standard output how many tests each backend passed, and writes or checks the matrix.
     *
     * @param args the folder of results, then any of {@code --without=BACKEND}, which leaves a backend out that is there
     *     for tests only, {@code --write=FILE}, which writes the matrix as Markdown, and {@code --check=FILE}, which fails
     *     unless that is what the file holds
     * @throws IOException if the results can't be read or the file can't be written
     */
    public static void main(String[] args) throws IOException {
        List<Properties> results = read(Path.of(args[0]));
        for (String without : values(args, "--without=")) {
            results.removeIf(result -> result.getProperty(KitReport.BACKEND).equals(without));
        }
        results.forEach(result -> System.out.println(summary(result)));
        for (String file : values(args, "--write=")) {
            Files.writeString(Path.of(file), markdown(results));
        }
        for (String file : values(args, "--check=")) {
            if (!Files.readString(Path.of(file)).equals(markdown(results))) {
                throw new IllegalStateException(file + " does not show these results: write it again and commit it");
            }
        }
    }

    private static List<String> values(String[] args, String option) {
        return Stream.of(args)
                .filter(arg -> arg.startsWith(option))
                .map(arg -> arg.substring(option.length()))
                .toList();
    }

    /** The results in a folder, in the order of their titles. */
    static List<Properties> read(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".properties")).toList();
        }
        List<Properties> results = new ArrayList<>();
        for (Path file : files) {
            Properties result = new Properties();
            try (Reader reader = Files.newBufferedReader(file)) {
                result.load(reader);
            }
            results.add(result);
        }
        results.sort(Comparator.comparing(result -> result.getProperty(KitReport.TITLE)));
        return results;
    }

    private static String summary(Properties result) {
        return "%-24s %-20s %4s passed, %s failed, %s skipped"
                .formatted(
                        result.getProperty(KitReport.TITLE),
                        result.getProperty(KitReport.SERVER),
                        result.getProperty(KitReport.SUCCESSFUL),
                        result.getProperty(KitReport.FAILED),
                        result.getProperty(KitReport.SKIPPED));
    }

    static String markdown(List<Properties> results) {
        StringBuilder text = new StringBuilder("# What each backend can do\n\n")
                .append("Made from the results of the conformance kit: what a backend declares was tested, and")
                .append(" operations that need what it does not declare were seen to be refused.\n\n")
                .append("N: the store does it itself. E: emulated, correctly, with other means. -: not offered.\n\n");
        text.append(row("", results, result -> result.getProperty(KitReport.TITLE)));
        text.append(row("---", results, result -> "---"));
        for (Capability capability : Capability.values()) {
            text.append(row("`" + capability + "`", results, result -> symbol(result.getProperty(capability.name()))));
        }
        text.append(row("an acknowledged write survives", results, CapabilityMatrix::durability));
        text.append(row("clock of deadlines", results, result -> lowerCase(result.getProperty(KitReport.CLOCK))));
        text.append(row("largest value", results, CapabilityMatrix::largestValue));
        return text.toString();
    }

    private static String row(String head, List<Properties> results, Function<Properties, String> cell) {
        return results.stream().map(cell).collect(Collectors.joining(" | ", "| " + head + " | ", " |\n"));
    }

    private static String symbol(String support) {
        return switch (Support.valueOf(support)) {
            case NATIVE -> "N";
            case EMULATED -> "E";
            case NONE -> "-";
        };
    }

    private static String durability(Properties result) {
        return switch (result.getProperty(KitReport.DURABILITY)) {
            case "NONE" -> "nothing";
            case "PROCESS" -> "the process";
            case "POWER" -> "a power cut";
            default -> "the client; the server's settings decide the rest";
        };
    }

    private static String largestValue(Properties result) {
        long bytes = Long.parseLong(result.getProperty(KitReport.MAX_VALUE_BYTES));
        if (bytes >= 1 << 30) {
            return "%.1f GiB".formatted(bytes / (double) (1 << 30));
        }
        return bytes >= 1 << 20 ? (bytes >> 20) + " MiB" : (bytes >> 10) + " KiB";
    }

    private static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
