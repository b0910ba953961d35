package io.cuttlestore.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The page about a run, in Markdown. */
final class Report {
    private final Results results;

    Report(Results results) {
        this.results = results;
    }

    /** Writes it beside the folder with the results, and returns where. */
    Path write(Path folder) throws IOException {
        Path page = folder.resolveSibling(folder.getFileName() + ".md");
        Files.writeString(page, text(folder.getFileName().toString()));
        return page;
    }

    private String text(String folder) {
        long passed = results.outcomes().stream().filter(Outcome::isPassed).count();
        List<String> lines = new ArrayList<>();
        lines.add("# Reliability");
        lines.add("");
        lines.add("<!-- Written by ./torture; whatever is changed here by hand is lost. -->");
        lines.add("");
        lines.add("**" + passed + " of " + results.outcomes().size()
                + " trials were survived.** What was found on the way, and fixed, is told in `docs/reliability/found.md`. Raw results: [results.json]("
                + folder + "/results.json).");
        lines.add("");
        lines.add("| Trial | Attempts | Passes when | Met | Seconds |  |");
        lines.add("| --- | --- | --- | --- | --- | --- |");
        results.outcomes().forEach(outcome -> lines.add(row(outcome)));
        lines.add("");
        lines.add("|  |  |");
        lines.add("| --- | --- |");
        lines.add("| Command | `" + results.command() + "` |");
        lines.add("| Begun, took | " + results.date() + ", " + results.seconds() / 60 + " min |");
        results.machine().forEach((property, value) -> lines.add("| " + property + " | " + value + " |"));
        return String.join("\n", lines) + "\n";
    }

    private static String row(Outcome outcome) {
        String verdict = outcome.isPassed()
                ? "passed"
                : outcome.leftOut() != null ? "**left out**: " + outcome.leftOut() : "**failed**";
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %s | %s | %,.0f | %s |",
                outcome.trial(),
                outcome.attempts(),
                outcome.passes(),
                counts(outcome.counts()),
                outcome.seconds(),
                verdict);
    }

    private static String counts(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> String.format(Locale.ROOT, "%,d %s", count.getValue(), count.getKey()))
                .collect(Collectors.joining(", "));
    }
}
