package io.cuttlestore.benchmarks;

import io.cuttlestore.benchmarks.report.Report;
import io.cuttlestore.benchmarks.result.RegressionCheck;
import io.cuttlestore.benchmarks.result.RegressionCheck.Change;
import io.cuttlestore.benchmarks.result.Results;
import io.cuttlestore.benchmarks.run.BenchRun;
import io.cuttlestore.benchmarks.run.Jdk;
import io.cuttlestore.benchmarks.run.Program;
import io.cuttlestore.benchmarks.run.Reason;
import io.cuttlestore.benchmarks.run.Request;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code ./bench}. */
@Command(
        name = "bench",
        customSynopsis = {
            "./bench [--quick] [--only=GLOB]... [--jdks=17,25] [--folder=FOLDER] [--out=FOLDER]",
            "       ./bench report [--out=FOLDER]",
            "       ./bench compare OLD.json NEW.json"
        },
        description = {
            "",
            "Measures each store beside the raw client and beside what one would use instead, and writes a report:"
                    + " docs/benchmarks.md, with plots and results.json in docs/benchmarks/.",
            ""
        },
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nOther commands:%n",
        footer = {
            "",
            "A full run takes less than an hour, --quick less than 5 minutes. What can't be measured, because a server is"
                    + " missing, a disk is full or there is no permission, is named, and the rest goes on.",
            "",
            "CUTTLESTORE_TEST_REDIS chooses the redis-server, JAVA_HOME the JDK that builds and that --quick measures."
        },
        sortOptions = false,
        usageHelpWidth = 100)
public final class Bench implements Callable<Integer> {
    private static final Path DOCUMENTED = Path.of("docs", "benchmarks");
    private static final Path SCRATCH = Path.of("target", "bench");
    private static final String RESULTS = "results.json";
    private static final List<Integer> JDKS = List.of(17, 25);

    @Option(names = "--quick", description = "One fork of what the targets ask for, on one JDK.")
    private boolean quick;

    @Option(
            names = "--only",
            paramLabel = "GLOB",
            split = ",",
            description = "Only the comparisons and programs of these names: 'sqlite-*', scale.")
    private List<String> only = List.of();

    @Option(
            names = "--jdks",
            paramLabel = "VERSION",
            split = ",",
            description = "JDKs to measure on; the first measures everything. 17 and 25 unless given.")
    private List<Integer> jdks = List.of();

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "A folder on the disk to measure; target/bench unless given.")
    private Path folder = SCRATCH;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            scope = CommandLine.ScopeType.INHERIT,
            description = "Where results and plots go, and beside it the report. Unless given docs/benchmarks,"
                    + " and target/bench where --quick or --only leave something out.")
    private @Nullable Path out;

    public static void main(String[] arguments) {
        CommandLine line = new CommandLine(new Bench()).setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("bench: " + Reason.of(failure));
            return CommandLine.ExitCode.SOFTWARE;
        });
        System.exit(line.execute(arguments));
    }

    /** Measures and reports. */
    @Override
    public Integer call() throws IOException {
        List<Comparison> comparisons = Comparisons.all().stream()
                .filter(comparison -> isWanted(comparison.id()))
                .toList();
        List<Program> programs = Program.all().stream()
                .filter(program -> isWanted(program.name()))
                .toList();
        if (comparisons.isEmpty() && programs.isEmpty()) {
            System.err.println("bench: nothing is called " + String.join(" or ", only) + "; there are " + names());
            return CommandLine.ExitCode.USAGE;
        }
        Files.createDirectories(SCRATCH);
        Path target = out(quick || !only.isEmpty());
        Files.createDirectories(target);
        boolean terminal = Boolean.getBoolean("cuttlestore.bench.terminal");
        try (PrintStream log = new PrintStream(SCRATCH.resolve("log.txt").toFile(), StandardCharsets.UTF_8)) {
            Request request = new Request(command(), comparisons, programs, jdks(), folder, redisServer(), quick);
            new BenchRun(request, System.out, terminal, log).run().write(target.resolve(RESULTS));
        }
        return report(target);
    }

    @Command(name = "report", description = "Write the report anew from the results of the last run.")
    int report() throws IOException {
        return report(out(false));
    }

    @Command(
            name = "compare",
            description = "Name what got slower from one result file to another, beyond the noise; exit with 1 if any.")
    int compare(@Parameters(paramLabel = "OLD.json") Path before, @Parameters(paramLabel = "NEW.json") Path after) {
        List<Change> changes = RegressionCheck.compare(Results.read(before), Results.read(after));
        List<Change> slower = changes.stream().filter(Change::isSlower).toList();
        slower.forEach(change -> System.out.println("slower  " + change.text()));
        changes.stream().filter(Change::isFaster).forEach(change -> System.out.println("faster  " + change.text()));
        System.out.println(changes.size() + " compared, " + slower.size() + " slower beyond the noise");
        return slower.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private int report(Path folder) throws IOException {
        Path page = new Report(Results.read(folder.resolve(RESULTS)), Comparisons.all()).write(folder);
        System.out.println("The report is in " + page);
        return CommandLine.ExitCode.OK;
    }

    private Path out(boolean partial) {
        return out != null ? out : partial ? SCRATCH : DOCUMENTED;
    }

    private boolean isWanted(String name) {
        return only.isEmpty()
                || only.stream()
                        .anyMatch(glob -> FileSystems.getDefault()
                                .getPathMatcher("glob:" + glob)
                                .matches(Path.of(name)));
    }

    private static String names() {
        return Stream.concat(
                        Comparisons.all().stream().map(Comparison::id),
                        Program.all().stream().map(Program::name))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private List<Jdk> jdks() {
        if (quick && jdks.isEmpty()) {
            return List.of(Jdk.current());
        }
        List<Jdk> found = new ArrayList<>();
        for (int feature : jdks.isEmpty() ? JDKS : jdks) {
            Jdk.find(feature)
                    .ifPresentOrElse(
                            found::add, () -> System.err.println("bench: no JDK " + feature + " is installed"));
        }
        return found.isEmpty() ? List.of(Jdk.current()) : found;
    }

    private static String redisServer() {
        return Objects.requireNonNullElse(System.getenv("CUTTLESTORE_TEST_REDIS"), "redis-server");
    }

    /** What was asked for, without folders of this machine. */
    private String command() {
        StringBuilder command = new StringBuilder("./bench");
        if (quick) {
            command.append(" --quick");
        }
        only.forEach(glob -> command.append(" --only='").append(glob).append('\''));
        if (!jdks.isEmpty()) {
            command.append(" --jdks=").append(jdks.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        return command.toString();
    }
}
