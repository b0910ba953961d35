package io.cuttlestore.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The page about trials and what came of them, in Markdown. */
final class Report {
    private final List<Run> runs;
    private final List<Trial> trials;

    /** Trials without results are named. */
    Report(Results results, List<Trial> trials) {
        this.runs = results.runs();
        this.trials = trials;
    }

    /** Writes it beside the folder with the results, and returns where. */
    Path write(Path folder) throws IOException {
        Path page = folder.resolveSibling(folder.getFileName() + ".md");
        Files.writeString(page, text(folder.getFileName().toString()));
        return page;
    }

    private String text(String folder) {
        List<Outcome> outcomes =
                runs.stream().flatMap(run -> run.outcomes().stream()).toList();
        long passed = outcomes.stream().filter(Outcome::isPassed).count();
        List<String> lines = new ArrayList<>();
        lines.add("# Reliability");
        lines.add("");
        lines.add("<!-- Written by ./torture; whatever is changed here by hand is lost. -->");
        lines.add("");
        lines.add("**" + passed + " of " + outcomes.size() + " trials were survived**; there are " + trials.size()
                + ". What was found on the way, and fixed, is told in `docs/reliability/found.md`. Raw results: [results.json]("
                + folder + "/results.json).");
        lines.add("");
        lines.add("| Trial | Attempts | Passes when | Met | Seconds | Run |  |");
        lines.add("| --- | --- | --- | --- | --- | --- | --- |");
        trials.forEach(trial -> lines.add(row(trial)));
        lines.add("");
        lines.add("| Run | Begun | Command | Trials | Minutes | Machine |");
        lines.add("| --- | --- | --- | --- | --- | --- |");
        runs.forEach(run -> lines.add(row(run)));
        return String.join("\n", lines) + "\n";
    }

    private String row(Trial trial) {
        for (Run run : runs) {
            for (Outcome outcome : run.outcomes()) {
                if (outcome.trial().equals(trial.name())) {
                    return row(outcome, number(run));
                }
            }
        }
        return "| " + trial.name() + " | 0 | " + trial.passes() + " |  |  |  | **not carried out** |";
    }

    private static String row(Outcome outcome, int run) {
        String verdict = outcome.isPassed()
                ? "passed"
                : outcome.leftOut() != null ? "**left out**: " + outcome.leftOut() : "**failed**";
        return String.format(
                Locale.ROOT,
                "| %s | %,d | %s | %s | %,.0f | %d | %s |",
                outcome.trial(),
                outcome.attempts(),
                outcome.passes(),
                counts(outcome.counts()),
                outcome.seconds(),
                run,
                verdict);
    }

    private String row(Run run) {
        return String.format(
                Locale.ROOT,
                "| %d | %s | `%s` | %d | %.0f | %s |",
                number(run),
                run.date(),
                run.command(),
                run.outcomes().size(),
                run.seconds() / 60,
                run.machine().entrySet().stream()
                        .map(property -> property.getKey() + " " + property.getValue())
                        .collect(Collectors.joining(", ")));
    }

    private int number(Run run) {
        return runs.indexOf(run) + 1;
    }

    private static String counts(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> String.format(Locale.ROOT, "%,d %s", count.getValue(), count.getKey()))
                .collect(Collectors.joining(", "));
    }
}
