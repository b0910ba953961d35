package io.cuttlestore.benchmarks.report;

import io.cuttlestore.benchmarks.result.Numbers;
import io.cuttlestore.benchmarks.result.Spread;
import java.awt.Color;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;

/**
 * Ratios as horizontal bars that begin at 1, on a logarithmic axis, each with its spread. They are in groups, each below a
 * heading. The unit of the upright axis is a row, that of the other a power of two.
 */
final class BarPlot {
    private static final int ROW = 18;
    private static final int BAR = 14;
    private static final double GAP = 0.7;
    private static final int AROUND = 150;
    private static final int PADDING = 6;
    private static final Color WHISKER = new Color(0x111111);
    private static final Color REFERENCE = new Color(0x4A4A4A);

    /** One bar, and what the legend says of its colour. */
    record Bar(String legend, Color color, Spread ratio) {}

    /** Bars below a heading. */
    record Group(String heading, List<Bar> bars) {}

    private final XYChart chart;
    private final double left;
    private final double right;
    private final Set<String> legends = new HashSet<>();
    private double y;

    private BarPlot(String title, String axis, List<Group> groups) {
        double rows = groups.stream()
                .mapToDouble(group -> group.bars().size() + 1 + GAP)
                .sum();
        chart = Canvas.chart(title, axis, "", (int) (AROUND + rows * ROW));
        left = Math.min(
                -1, Math.floor(log(ratios(groups).mapToDouble(Spread::min).min().orElse(1)) - 0.4));
        right = Math.max(
                1, Math.ceil(log(ratios(groups).mapToDouble(Spread::max).max().orElse(1)) + 0.4));
        y = rows;
    }

    private static Stream<Spread> ratios(List<Group> groups) {
        return groups.stream().flatMap(group -> group.bars().stream()).map(Bar::ratio);
    }

    /** Draws them from top to bottom. */
    static XYChart of(String title, String axis, List<Group> groups) {
        BarPlot plot = new BarPlot(title, axis, groups);
        plot.axes();
        groups.forEach(plot::group);
        return plot.chart;
    }

    private void axes() {
        XYStyler styler = chart.getStyler();
        styler.setXAxisMin(left);
        styler.setXAxisMax(right);
        styler.setXAxisTickMarkSpacingHint(60);
        styler.setYAxisMin(0.0);
        styler.setYAxisMax(y);
        styler.setYAxisTicksVisible(false);
        styler.setPlotGridHorizontalLinesVisible(false);
        chart.setCustomXAxisTickLabelsFormatter(BarPlot::times);
        Canvas.line(chart, new double[] {0, 0}, new double[] {0, y}, REFERENCE, 2);
    }

    /** A different one for each position; XChart looks for ticks until labels differ. */
    private static String times(double exponent) {
        if (exponent != Math.rint(exponent)) {
            return String.format(Locale.ROOT, "%.4f×", Math.pow(2, exponent));
        }
        return exponent < 0 ? "1/" + Math.round(Math.pow(2, -exponent)) : Math.round(Math.pow(2, exponent)) + "×";
    }

    private void group(Group group) {
        y -= 0.5;
        chart.addAnnotation(new AnnotationText(group.heading(), left + reach(group.heading()), y, false));
        for (Bar bar : group.bars()) {
            y -= 1;
            bar(bar);
        }
        y -= 0.5 + GAP;
    }

    private void bar(Bar bar) {
        Spread ratio = bar.ratio().map(BarPlot::log);
        double[] level = {y, y};
        XYSeries series = Canvas.line(chart, new double[] {0, ratio.median()}, level, bar.color(), BAR);
        if (legends.add(bar.legend())) {
            series.setLabel(bar.legend());
            series.setShowInLegend(true);
        }
        Canvas.line(chart, new double[] {ratio.min(), ratio.max()}, level, WHISKER, 1.5f);
        String text = Numbers.text(bar.ratio().median()) + "×";
        double x = ratio.median() < 0 ? Math.min(0, ratio.min()) - reach(text) : Math.max(0, ratio.max()) + reach(text);
        chart.addAnnotation(new AnnotationText(text, x, y, false));
    }

    /** How far from an edge the middle of a text is. */
    private double reach(String text) {
        return (Canvas.width(text) / 2 + PADDING) * (right - left) / Canvas.PLOT_WIDTH;
    }

    private static double log(double ratio) {
        return Math.log(ratio) / Math.log(2);
    }
}
