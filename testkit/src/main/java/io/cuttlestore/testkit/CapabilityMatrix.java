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
     * Writes the matrix as Markdown, or with {@code --check} fails if the file does not hold what would be written; says
     * on standard output how many tests each backend passed.
     *
     * @param args the folder of results, the Markdown file, and possibly {@code --check} and {@code --without=BACKEND},
     *     which leaves a backend out of the matrix that is there for tests only
     * @throws IOException if the results can't be read or the file can't be written
     */
    public static void main(String[] args) throws IOException {
        List<String> options = List.of(args).subList(2, args.length);
        List<Properties> results = read(Path.of(args[0]));
        results.forEach(result -> System.out.println(summary(result)));
        results.removeIf(result -> options.contains("--without=" + result.getProperty(KitReport.BACKEND)));
        Path file = Path.of(args[1]);
        if (!options.contains("--check")) {
            Files.writeString(file, markdown(results));
        } else if (!Files.readString(file).equals(markdown(results))) {
            throw new IllegalStateException(file + " is out of date: write it again without --check and commit it");
        }
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
        return "%-32s %-24s %s tests passed, %s failed, %s skipped"
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
