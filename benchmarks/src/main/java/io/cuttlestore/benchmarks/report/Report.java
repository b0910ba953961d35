package io.cuttlestore.benchmarks.report;

import io.cuttlestore.benchmarks.Backend;
import io.cuttlestore.benchmarks.Comparison;
import io.cuttlestore.benchmarks.result.Goal;
import io.cuttlestore.benchmarks.result.Goals;
import io.cuttlestore.benchmarks.result.Numbers;
import io.cuttlestore.benchmarks.result.Results;
import io.cuttlestore.benchmarks.result.Spread;
import io.cuttlestore.benchmarks.result.Verdict;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page that shows what a run found, and its plots. */
public final class Report {
    /** What someone has written in the folder about missed targets; the page refers to it. */
    private static final String REASONS = "missed.md";

    private final Results results;
    private final List<Goal> goals;
    private final List<String> jdks;
    private final Figures figures;

    /**
     * @param results to show
     * @param comparisons what they may be of
     */
    public Report(Results results, List<Comparison> comparisons) {
        this.results = results;
        this.goals = Goals.of(comparisons);
        this.jdks = results.jdks();
        this.figures = new Figures(results, comparisons);
    }

    /** Writes the plots into a folder, in place of those that are there, and the page beside it. Returns the page. */
    public Path write(Path folder) throws IOException {
        deletePlots(folder);
        List<String> page = new ArrayList<>();
        page.add("# Benchmarks");
        page.add("<!-- Written by ./bench; whatever is changed here by hand is lost. -->");
        page.add(summary(folder));
        page.addAll(show(folder, figures.targets(goals).stream()));
        page.add("## Targets");
        page.add(
                "A ratio is the median of the forks' ratios, then the least and the largest of them. The median decides.");
        page.add(targets().toString());
        for (Backend backend : Backend.values()) {
            section(page, folder, backend.title(), stream(backend));
        }
        rust(page);
        section(page, folder, "At scale", figures.scale().stream());
        method(page, folder);
        Path file = folder.resolveSibling(folder.getFileName() + ".md");
        return Files.writeString(file, String.join("\n\n", page) + "\n");
    }

    private static void deletePlots(Path folder) throws IOException {
        try (DirectoryStream<Path> plots = Files.newDirectoryStream(folder, "*.svg")) {
            for (Path plot : plots) {
                Files.delete(plot);
            }
        }
    }

    private String summary(Path folder) {
        Map<Verdict, Long> verdicts =
                goals.stream().collect(Collectors.groupingBy(this::verdict, Collectors.counting()));
        long met = verdicts.getOrDefault(Verdict.MET, 0L);
        long missed = verdicts.getOrDefault(Verdict.MISSED, 0L);
        long absent = verdicts.getOrDefault(Verdict.NOT_MEASURED, 0L);
        String text = "**" + met + " of " + (met + missed) + " targets are met.**";
        String missedOnes = goals.stream()
                .filter(goal -> verdict(goal) == Verdict.MISSED)
                .map(Goal::subject)
                .distinct()
                .collect(Collectors.joining("; "));
        if (missed > 0) {
            text += " Missed: " + missedOnes + ".";
        }
        if (absent > 0) {
            text += " This run did not measure " + absent + " more.";
        }
        return Files.exists(folder.resolve(REASONS))
                ? text + " [Reasons and profiles](" + folder.getFileName() + "/" + REASONS + ")"
                : text;
    }

    /** Met if it is met on each JDK that was measured. */
    private Verdict verdict(Goal goal) {
        List<Verdict> verdicts = jdks.stream()
                .map(jdk -> goal.verdict(results, jdk))
                .filter(verdict -> verdict != Verdict.NOT_MEASURED)
                .toList();
        return verdicts.isEmpty()
                ? Verdict.NOT_MEASURED
                : verdicts.contains(Verdict.MISSED) ? Verdict.MISSED : Verdict.MET;
    }

    private Table targets() {
        Table table =
                new Table(Stream.of(Stream.of("", "Target"), jdks.stream().map(jdk -> "JDK " + jdk), Stream.of(""))
                        .flatMap(cells -> cells)
                        .toArray(String[]::new));
        for (Goal goal : goals) {
            Verdict verdict = verdict(goal);
            List<String> cells = new ArrayList<>(List.of(goal.subject(), goal.target()));
            jdks.forEach(jdk -> cells.add(
                    goal.reading().read(results, jdk).map(Numbers::text).orElse("")));
            cells.add(verdict == Verdict.MISSED ? "**missed**" : verdict.text());
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    private Stream<Figure> stream(Backend backend) {
        return Stream.of(
                        figures.ratios(backend).stream(),
                        figures.callers(backend).stream(),
                        figures.latencies(backend).stream())
                .flatMap(each -> each);
    }

    private static void section(List<String> page, Path folder, String title, Stream<Figure> figures)
            throws IOException {
        List<String> shown = show(folder, figures);
        if (!shown.isEmpty()) {
            page.add("## " + title);
            page.addAll(shown);
        }
    }

    private static List<String> show(Path folder, Stream<Figure> figures) throws IOException {
        List<String> shown = new ArrayList<>();
        for (Figure figure : figures.toList()) {
            figure.write(folder);
            shown.add(figure.markdown(String.valueOf(folder.getFileName())));
        }
        return shown;
    }

    private void rust(List<String> page) {
        Table table = new Table("", "get, one by one", "get, all at once", "put, one by one", "put, all at once");
        boolean isMeasured = false;
        for (Backend backend : Backend.values()) {
            List<String> cells = new ArrayList<>(List.of(backend.title()));
            for (String cell : Goals.RUST_CELLS) {
                if (cell.endsWith(backend.id())) {
                    Optional<Spread> ratio = jdks.stream()
                            .flatMap(jdk -> Goals.rustCell(results, cell, jdk).stream())
                            .findFirst();
                    isMeasured |= ratio.isPresent();
                    cells.add(ratio.map(spread -> Numbers.text(spread) + (spread.median() < 1 ? "" : " **slower**"))
                            .orElse("not measured"));
                }
            }
            table.row(cells.toArray(String[]::new));
        }
        if (isMeasured) {
            page.add("## Against the Rust original");
            page.add(
                    "Its own benchmark: 1,000 keys, ours as a multiple of its time in the same run. Below 1 is faster.");
            page.add(table.toString());
        }
    }

    private void method(List<String> page, Path folder) {
        page.add("## How it was measured");
        page.add("Each contender is measured by JMH in JVMs of its own (forks), of which ours and the baseline's follow"
                + " each other; only the ratio of two such neighbours counts, since times drift with the machine. Bars and"
                + " numbers are medians over the forks, the thin lines go from the least to the largest. 1,000 keys with 1 to"
                + " 30 words; a value changes with every write. What isn't in the target table is measured on the first JDK"
                + " only. Raw results: [results.json](" + folder.getFileName() + "/results.json).");
        Table table = new Table("", "");
        table.row("Command", "`" + results.command() + "`");
        table.row("Begun, took", results.date() + ", " + Math.round(results.seconds() / 60.0) + " min");
        results.machine().forEach(table::row);
        results.versions().forEach(table::row);
        page.add(table.toString());
        if (!results.leftOut().isEmpty()) {
            page.add("## Left out");
            page.add(results.leftOut().stream()
                    .map(left -> "- left out: " + left.what() + ": " + left.why())
                    .collect(Collectors.joining("\n")));
        }
        page.add("## Run it");
        page.add("```\n./bench            # under an hour, writes this page\n./bench --quick    # under 5 minutes, into"
                + " target/bench.md\n./bench compare OLD.json NEW.json    # what got slower beyond the noise\n```");
    }
}
