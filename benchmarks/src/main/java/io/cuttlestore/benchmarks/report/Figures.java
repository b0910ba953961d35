package io.cuttlestore.benchmarks.report;

import io.cuttlestore.benchmarks.Backend;
import io.cuttlestore.benchmarks.Comparison;
import io.cuttlestore.benchmarks.Measurement;
import io.cuttlestore.benchmarks.report.BarPlot.Bar;
import io.cuttlestore.benchmarks.report.BarPlot.Group;
import io.cuttlestore.benchmarks.report.LinePlot.Line;
import io.cuttlestore.benchmarks.report.LinePlot.Point;
import io.cuttlestore.benchmarks.result.Goal;
import io.cuttlestore.benchmarks.result.Results;
import io.cuttlestore.benchmarks.result.Spread;
import io.cuttlestore.benchmarks.result.Unit;
import io.cuttlestore.benchmarks.result.Verdict;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The plots of a run. */
final class Figures {
    private static final Color MET = new Color(0x2E8B57);
    private static final Color MISSED = new Color(0xD1495B);
    private static final String SCALE = "scale-";
    private static final double MICROSECONDS = 1_000_000;

    private final Results results;
    private final List<Comparison> comparisons;
    private final List<String> jdks;

    Figures(Results results, List<Comparison> comparisons) {
        this.results = results;
        this.comparisons = comparisons;
        this.jdks = results.jdks();
    }

    /** How much of what each target allows was needed. */
    Optional<Figure> targets(List<Goal> goals) {
        List<Group> groups = new ArrayList<>();
        for (Goal goal : goals) {
            List<Bar> bars = new ArrayList<>();
            for (String jdk : jdks) {
                goal.need(results, jdk).ifPresent(need -> bars.add(targetBar(goal, jdk, need)));
            }
            if (!bars.isEmpty()) {
                groups.add(new Group(goal.subject() + ": " + goal.target(), bars));
            }
        }
        String axis = "share of what the target allows; left of 1× is better than the target";
        return figure("targets", "How far from the targets", axis, groups);
    }

    private Bar targetBar(Goal goal, String jdk, Spread need) {
        Verdict verdict = goal.verdict(results, jdk);
        Color color = verdict == Verdict.MET ? MET : MISSED;
        boolean isFirst = jdk.equals(firstJdk());
        return new Bar(verdict.text() + " on JDK " + jdk, isFirst ? color : lighter(color), need);
    }

    private static Color lighter(Color color) {
        return new Color((color.getRed() + 255) / 2, (color.getGreen() + 255) / 2, (color.getBlue() + 255) / 2);
    }

    /** Ours and what one would use instead, as times of the raw client's. */
    Optional<Figure> ratios(Backend backend) {
        List<Group> groups = new ArrayList<>();
        for (Comparison comparison : comparisons) {
            if (isOf(comparison, backend) && !comparison.isLatency() && !isSeries(comparison)) {
                ratioGroup(comparison).ifPresent(groups::add);
            }
        }
        String axis = "time of one operation as a multiple of the raw client's; left is faster";
        return figure(backend.id(), backend.title() + ": time beside the raw client", axis, groups);
    }

    private static boolean isOf(Comparison comparison, Backend backend) {
        return Backend.of(comparison.id()).filter(backend::equals).isPresent();
    }

    private boolean isSeries(Comparison comparison) {
        return comparisons.stream()
                        .filter(other -> other.id().equals(comparison.id()))
                        .count()
                > 1;
    }

    private Optional<Group> ratioGroup(Comparison comparison) {
        String raw = comparison.contenders().get(1);
        List<Bar> bars = new ArrayList<>();
        for (String name : comparison.contenders()) {
            if (!name.equals(raw)) {
                Contender contender = Contender.of(name);
                results.ratio(comparison.id(), name, raw, firstJdk(), comparison.threads())
                        .ifPresent(ratio -> bars.add(new Bar(contender.label(), contender.color(), ratio)));
            }
        }
        String label = comparison.title() + " (1× = " + Contender.of(raw).label() + ")";
        return bars.isEmpty() ? Optional.empty() : Optional.of(new Group(label, bars));
    }

    private static Optional<Figure> figure(String name, String title, String axis, List<Group> groups) {
        return groups.isEmpty() ? Optional.empty() : Optional.of(new Figure(name, BarPlot.of(title, axis, groups)));
    }

    /** What callers get done, by how many there are: a plot for each series of a store. */
    List<Figure> callers(Backend backend) {
        return comparisons.stream()
                .filter(comparison -> isOf(comparison, backend) && isSeries(comparison))
                .collect(Collectors.toMap(Comparison::id, Function.identity(), (one, other) -> one, LinkedHashMap::new))
                .values()
                .stream()
                .flatMap(comparison -> callers(comparison).stream())
                .toList();
    }

    private Optional<Figure> callers(Comparison comparison) {
        List<Line> lines = comparison.contenders().stream()
                .map(contender -> line(contender, throughput(comparison.id(), contender)))
                .filter(line -> line.points().size() > 1)
                .toList();
        String title = comparison.title() + ": throughput against callers";
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Figure(
                        comparison.id(),
                        LinePlot.of(title, "threads that call", "operations/s, higher is better", lines)));
    }

    private List<Point> throughput(String work, String contender) {
        return points(measurement -> measurement.work().equals(work)
                        && measurement.contender().equals(contender)
                        && measurement.unit().equals(Unit.TIME)
                        && measurement.jdk().equals(firstJdk()))
                .stream()
                .map(point -> new Point(point.x(), point.y().map(time -> point.x() * MICROSECONDS / time)))
                .toList();
    }

    private List<Point> points(Predicate<Measurement> wanted) {
        return results.measurements().stream()
                .filter(wanted)
                .sorted(Comparator.comparingLong(Measurement::x))
                .flatMap(measurement ->
                        Spread.of(measurement.values()).stream().map(spread -> new Point(measurement.x(), spread)))
                .toList();
    }

    private static Line line(String contender, List<Point> points) {
        Contender look = Contender.of(contender);
        return new Line(look.label(), look.color(), look.isOurs(), points);
    }

    /** How long single operations take: a plot for each comparison of a store that measured it. */
    List<Figure> latencies(Backend backend) {
        return comparisons.stream()
                .filter(comparison -> isOf(comparison, backend) && comparison.isLatency())
                .flatMap(comparison -> latency(comparison).stream())
                .toList();
    }

    private Optional<Figure> latency(Comparison comparison) {
        List<Line> lines = comparison.contenders().stream()
                .flatMap(contender ->
                        results.find(comparison.id(), contender, firstJdk(), comparison.threads(), Unit.TIME).stream())
                .filter(measurement -> !measurement.percentiles().isEmpty())
                .map(measurement -> line(measurement.contender(), Percentiles.points(measurement.percentiles())))
                .toList();
        String title = comparison.title() + ": how long single operations take";
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(new Figure(comparison.id(), Percentiles.plot(title, lines)));
    }

    /** What more entries cost: a plot for each store and unit. */
    List<Figure> scale() {
        Map<String, List<Measurement>> plots = results.measurements().stream()
                .filter(measurement -> measurement.work().startsWith(SCALE))
                .collect(Collectors.groupingBy(Figures::scalePlot, LinkedHashMap::new, Collectors.toList()));
        List<Figure> figures = new ArrayList<>();
        plots.forEach((name, measurements) -> {
            List<Line> lines = scaleLines(measurements);
            if (!lines.isEmpty()) {
                String unit = measurements.get(0).unit();
                String better = Unit.isRate(unit) ? ", higher is better" : ", lower is better";
                String title = storeTitle(measurements.get(0)) + ": cost against entries";
                figures.add(new Figure(name, LinePlot.of(title, "entries", unit + better, lines)));
            }
        });
        return figures;
    }

    private static String scalePlot(Measurement measurement) {
        String store = Backend.of(measurement.work()).map(Backend::id).orElse("other");
        return SCALE + store + "-" + measurement.unit().replaceAll("\\W+", "-");
    }

    private static String storeTitle(Measurement measurement) {
        return Backend.of(measurement.work()).map(Backend::title).orElse("All stores");
    }

    private List<Line> scaleLines(List<Measurement> measurements) {
        List<Line> lines = new ArrayList<>();
        for (String label :
                measurements.stream().map(Figures::scaleLabel).distinct().toList()) {
            List<Point> points = points(measurement -> measurements.contains(measurement)
                    && scaleLabel(measurement).equals(label));
            if (points.size() > 1) {
                lines.add(new Line(label, Contender.color(lines.size()), false, points));
            }
        }
        return lines;
    }

    private static String scaleLabel(Measurement measurement) {
        String work = measurement.work().substring(SCALE.length());
        String what = Backend.of(work)
                .map(backend -> work.replace(backend.id() + "-", ""))
                .orElse(work);
        return measurement.contender().equals(Comparison.OURS)
                ? what
                : what + ", " + Contender.of(measurement.contender()).label();
    }

    private String firstJdk() {
        return jdks.isEmpty() ? "" : jdks.get(0);
    }
}
