package io.cuttlestore.benchmarks.report;

import io.cuttlestore.benchmarks.report.LinePlot.Line;
import io.cuttlestore.benchmarks.report.LinePlot.Point;
import io.cuttlestore.benchmarks.result.Spread;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.XYStyler;

/** Percentiles side by side, their times on a logarithmic axis. */
final class Percentiles {
    private static final List<String> NAMES = List.of("50", "90", "99", "99.9", "99.99", "100");
    private static final int HEIGHT = 460;

    /** In pixels; enough for a tick at each percentile. */
    private static final int TICK_DISTANCE = 140;

    private Percentiles() {}

    static List<Point> points(Map<String, Double> percentiles) {
        return IntStream.range(0, NAMES.size())
                .filter(i -> percentiles.containsKey(NAMES.get(i)))
                .mapToObj(i -> {
                    double time = percentiles.getOrDefault(NAMES.get(i), 0.0);
                    return new Point(i, new Spread(time, time, time, 1));
                })
                .toList();
    }

    static XYChart plot(String title, List<Line> lines) {
        XYChart chart = Canvas.chart(title, "percentile of operations", "microseconds, lower is better", HEIGHT);
        XYStyler styler = chart.getStyler();
        styler.setYAxisLogarithmic(true);
        styler.setXAxisTickMarkSpacingHint(TICK_DISTANCE);
        styler.setXAxisMin(-0.2);
        styler.setXAxisMax(NAMES.size() - 0.8);
        chart.setCustomXAxisTickLabelsFormatter(Percentiles::label);
        LinePlot.draw(chart, lines);
        return chart;
    }

    /** A different one for each position; XChart looks for ticks until labels differ. */
    private static String label(double position) {
        int index = (int) Math.rint(position);
        if (Math.abs(position - index) > 1e-6 || index < 0 || index >= NAMES.size()) {
            return Double.toString(position);
        }
        return index == NAMES.size() - 1 ? "max" : NAMES.get(index) + " %";
    }
}
