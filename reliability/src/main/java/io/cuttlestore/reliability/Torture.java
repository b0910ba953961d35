package io.cuttlestore.reliability;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.logging.LogManager;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code ./torture}. */
@Command(
        name = "torture",
        customSynopsis = {
            "./torture [--quick] [--only=GLOB]... [--attempts=N] [--seed=N] [--folder=FOLDER]",
            "       ./torture report"
        },
        description = {
            "",
            "Torments each store: kills its processes, cuts its power, damages its files, fails its system calls, loses its"
                    + " packets. Writes what it survived to docs/reliability.md, and to target/torture.md if it was less than"
                    + " whole trials.",
            ""
        },
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nOther commands:%n",
        footer = {
            "",
            "A failed attempt names the seed that repeats it. The exit code is 1 if a store did not survive or a trial can't be"
                    + " carried out on this machine."
        },
        sortOptions = false,
        usageHelpWidth = 100)
public final class Torture implements Callable<Integer> {
    private static final Path DOCUMENTED = Path.of("docs", "reliability");
    private static final Path SCRATCH = Path.of("target", "torture");
    private static final String RESULTS = "results.json";

    @Option(names = "--quick", description = "Few attempts of each trial.")
    private boolean quick;

    @Option(names = "--only", paramLabel = "GLOB", split = ",", description = "Only trials of these names: 'kill-*'.")
    private List<String> only = List.of();

    @Option(names = "--attempts", paramLabel = "N", description = "So many attempts of each trial.")
    private @Nullable Integer attempts;

    @Option(names = "--seed", paramLabel = "N", description = "The seed of the first attempt.")
    private long seed = new Random().nextLong();

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description = "A folder on the disk to work on; target/torture unless given.")
    private Path folder = SCRATCH;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = CommandLine.ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    /**
     * What a run is to do.
     *
     * @param wantedAttempts how many of each trial; {@code null} leaves it to the trial
     */
    record Terms(boolean quick, @Nullable Integer wantedAttempts, long seed, Path folder) {
        int attempts(Trial trial) {
            return wantedAttempts != null ? wantedAttempts : quick ? trial.attemptsWhenQuick() : trial.attempts();
        }
    }

    public static void main(String[] arguments) {
        LogManager.getLogManager().reset(); // what stores log about the damage done to them
        CommandLine line = new CommandLine(new Torture()).setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("torture: " + failure);
            return CommandLine.ExitCode.SOFTWARE;
        });
        System.exit(line.execute(arguments));
    }

    /** Torments and reports. */
    @Override
    public Integer call() throws Exception {
        List<Trial> trials = Trials.all().stream().filter(this::isWanted).toList();
        if (trials.isEmpty()) {
            System.err.println("torture: nothing is called " + String.join(" or ", only) + "; there are "
                    + Trials.all().stream().map(Trial::name).collect(Collectors.joining(", ")));
            return CommandLine.ExitCode.USAGE;
        }
        Files.createDirectories(folder);
        Run run = run(trials);
        Path target = isInFull() ? DOCUMENTED : SCRATCH;
        Path file = target.resolve(RESULTS);
        Files.createDirectories(target);
        Results earlier = isInFull() && Files.exists(file) ? Results.read(file) : Results.NONE;
        Results results = earlier.with(run);
        results.write(file);
        System.out.println("The report is in " + new Report(results, isInFull() ? Trials.all() : trials).write(target));
        return run.isPassed() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    @Command(name = "report", description = "Write the report anew from the results.")
    int report() throws IOException {
        Results results = Results.read(DOCUMENTED.resolve(RESULTS));
        System.out.println("The report is in " + new Report(results, Trials.all()).write(DOCUMENTED));
        return CommandLine.ExitCode.OK;
    }

    private Run run(List<Trial> trials) throws Exception {
        Terms terms = new Terms(quick, attempts, seed, folder.toAbsolutePath());
        Progress progress = new Progress(System.out, Boolean.getBoolean("cuttlestore.torture.terminal"));
        String date = LocalDateTime.now(ZoneOffset.UTC).format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm'Z'"));
        System.out.println("Seed " + seed);
        long begin = System.nanoTime();
        List<Outcome> outcomes = Lanes.carryOut(trials, trial -> {
            Outcome outcome = TrialRun.of(trial, terms, (made, all) -> progress.now(trial, made, all));
            progress.done(outcome);
            return outcome;
        });
        return new Run(date, command(), machine(), (System.nanoTime() - begin) / 1e9, outcomes);
    }

    /** Whether each trial is carried out in full, which is what the documentation reports. */
    private boolean isInFull() {
        return !quick && attempts == null;
    }

    private boolean isWanted(Trial trial) {
        return only.isEmpty()
                || only.stream()
                        .anyMatch(glob -> FileSystems.getDefault()
                                .getPathMatcher("glob:" + glob)
                                .matches(Path.of(trial.name())));
    }

    private String command() {
        StringBuilder command = new StringBuilder("./torture");
        if (quick) {
            command.append(" --quick");
        }
        only.forEach(glob -> command.append(" --only='").append(glob).append('\''));
        if (attempts != null) {
            command.append(" --attempts=").append(attempts);
        }
        return command.append(" --seed=").append(seed).toString();
    }

    private static Map<String, String> machine() {
        Map<String, String> machine = new TreeMap<>();
        machine.put("Cuttlestore", System.getProperty("cuttlestore.torture.commit", ""));
        machine.put("JDK", System.getProperty("java.version"));
        machine.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        return machine;
    }
}
