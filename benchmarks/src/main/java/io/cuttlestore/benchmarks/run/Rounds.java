package io.cuttlestore.benchmarks.run;

import io.cuttlestore.benchmarks.Comparison;
import io.cuttlestore.benchmarks.Measurement;
import io.cuttlestore.benchmarks.result.LeftOut;
import io.cuttlestore.benchmarks.result.Unit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.util.MultisetStatistics;

/** What the forks of one contender measured, round by round. */
final class Rounds {
    private static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9, 99.99, 100.0);

    private final Task task;
    private final String contender;
    private final List<Double> times = new ArrayList<>();
    private final List<Double> allocated = new ArrayList<>();
    private final MultisetStatistics single = new MultisetStatistics();
    private boolean failed;

    Rounds(Task task, String contender) {
        this.task = task;
        this.contender = contender;
    }

    String contender() {
        return contender;
    }

    /** Whether a round has failed, after which there is no other. */
    boolean hasFailed() {
        return failed;
    }

    /** One more. Returns why it failed, if it did. */
    Optional<LeftOut> run(Jmh jmh, Pace pace) {
        try {
            add(jmh.run(task.comparison(), contender, task.jdk(), pace));
            return Optional.empty();
        } catch (RunnerException e) {
            failed = true;
            return Optional.of(new LeftOut(task.title() + ": " + contender, Reason.of(e)));
        }
    }

    private void add(ForkResult result) {
        times.add(result.time());
        if (Double.isFinite(result.allocated())) {
            allocated.add(result.allocated());
        }
        if (task.comparison().isLatency()) {
            result.times().getRawData().forEachRemaining(sample -> single.addValue(sample.getKey(), sample.getValue()));
        }
    }

    List<Measurement> measurements() {
        List<Measurement> measurements = new ArrayList<>();
        if (!times.isEmpty()) {
            measurements.add(measurement(Unit.TIME, times, percentiles()));
        }
        if (!allocated.isEmpty()) {
            measurements.add(measurement(Unit.ALLOCATION, allocated, Map.of()));
        }
        return measurements;
    }

    private Measurement measurement(String unit, List<Double> values, Map<String, Double> percentiles) {
        Comparison comparison = task.comparison();
        return new Measurement(
                comparison.id(),
                contender,
                Integer.toString(task.jdk().feature()),
                comparison.threads(),
                unit,
                values,
                percentiles);
    }

    private Map<String, Double> percentiles() {
        Map<String, Double> percentiles = new LinkedHashMap<>();
        if (single.getN() > 0) {
            PERCENTILES.forEach(percent ->
                    percentiles.put(Double.toString(percent).replaceAll("\\.0$", ""), single.getPercentile(percent)));
        }
        return percentiles;
    }
}
