package io.cuttlestore.benchmarks.run;

import io.cuttlestore.benchmarks.Backend;
import io.cuttlestore.benchmarks.Comparison;
import io.cuttlestore.benchmarks.Measurement;
import io.cuttlestore.benchmarks.Place;
import io.cuttlestore.benchmarks.result.LeftOut;
import io.cuttlestore.benchmarks.result.Numbers;
import io.cuttlestore.benchmarks.result.Results;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** One run of the benchmarks. What can't be measured is noted, and the rest goes on. */
public final class BenchRun {
    private final Request request;
    private final Progress progress;
    private final PrintStream log;
    private final List<Measurement> measurements = Collections.synchronizedList(new ArrayList<>());
    private final List<LeftOut> leftOut = Collections.synchronizedList(new ArrayList<>());

    /**
     * @param request what to measure
     * @param out where to say how far it is
     * @param terminal whether that is a terminal
     * @param log where JMH and the programs say what they do
     */
    public BenchRun(Request request, PrintStream out, boolean terminal, PrintStream log) {
        this.request = request;
        this.progress = new Progress(out, terminal);
        this.log = log;
    }

    /** Measures everything, for minutes. */
    public Results run() throws IOException {
        String begun = Instant.now().truncatedTo(ChronoUnit.MINUTES).toString().replaceAll(":00Z$", "Z");
        Site site = Site.open(request.folder(), request.redisServer());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> closeQuietly(site)));
        try {
            site.leftOut().forEach(this::leaveOut);
            compare(site);
            runPrograms(site);
        } finally {
            site.close();
        }
        return new Results(
                begun,
                request.command(),
                progress.elapsed().toSeconds(),
                Machine.describe(request.folder()),
                Versions.all(request.jdks(), request.redisServer()),
                measurements,
                leftOut);
    }

    private static void closeQuietly(Site site) {
        try {
            site.close();
        } catch (IOException e) {
            // The process ends anyway, and forks may still be writing.
        }
    }

    private void leaveOut(LeftOut what) {
        leftOut.add(what);
        progress.say("left out: " + what.what() + ": " + what.why());
    }

    private void compare(Site site) throws IOException {
        List<Task> tasks = Task.of(request.comparisons(), request.jdks(), request.quick()).stream()
                .filter(task -> Backend.of(task.comparison().id())
                        .flatMap(site::obstacle)
                        .isEmpty())
                .toList();
        int forks = tasks.stream().mapToInt(task -> task.contenders().size()).sum() * request.rounds();
        Jmh jmh = new Jmh(log, site.properties());
        int left = forks;
        for (Task task : tasks) {
            Pace pace = Pace.within(request.timeForJmh().minus(progress.elapsed()), left);
            run(task, jmh, pace, left, site);
            left -= task.contenders().size() * request.rounds();
        }
    }

    private void run(Task task, Jmh jmh, Pace pace, int forks, Site site) throws IOException {
        List<Rounds> contenders = task.contenders().stream()
                .map(contender -> new Rounds(task, contender))
                .toList();
        int left = forks;
        for (int round = 0; round < request.rounds(); round++) {
            for (Rounds rounds : contenders) {
                progress.now(
                        task.title() + ": " + rounds.contender(), pace.fork().multipliedBy(left));
                left--;
                if (!rounds.hasFailed()) {
                    rounds.run(jmh, pace).ifPresent(this::leaveOut);
                    site.clean();
                }
            }
        }
        contenders.forEach(rounds -> measurements.addAll(rounds.measurements()));
        progress.say(summary(task));
    }

    /** How many times the raw client's time ours takes. */
    private String summary(Task task) {
        Comparison comparison = task.comparison();
        String jdk = Integer.toString(task.jdk().feature());
        Results soFar = new Results("", "", 0, Map.of(), Map.of(), measurements, List.of());
        StringBuilder summary = new StringBuilder(task.title());
        for (String other : task.contenders().subList(1, task.contenders().size())) {
            soFar.ratio(comparison.id(), Comparison.OURS, other, jdk, comparison.threads())
                    .ifPresent(ratio -> summary.append("; ")
                            .append(Numbers.text(ratio))
                            .append("× ")
                            .append(other));
        }
        return summary.toString();
    }

    private void runPrograms(Site site) throws IOException {
        Jdk jdk = request.jdks().get(0);
        List<String> properties = new ArrayList<>(site.properties());
        properties.add("-D" + Place.QUICK + "=" + request.quick());
        for (Program program : request.programs()) {
            ProgramRun run = new ProgramRun(program, log, this::add, this::leaveOut);
            progress.now(program.name(), request.timeForProgram());
            run.run(jdk, properties, request.timeForProgram());
            site.clean();
        }
    }

    private void add(Measurement measurement) {
        measurements.add(measurement);
    }
}
