package io.cuttlestore.benchmarks.report;

import io.cuttlestore.benchmarks.result.Numbers;
import io.cuttlestore.benchmarks.result.Spread;
import java.awt.Color;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;

/** Ratios as horizontal bars that begin at 1, in groups, on a logarithmic axis, each with its spread. */
final class BarPlot {
    private static final int BAR = 15;
    private static final int AROUND = 165;
    private static final double LABEL_DISTANCE = 0.035;
    private static final Color WHISKER = new Color(0x111111);
    private static final Color REFERENCE = new Color(0x4A4A4A);

    /** One bar, and what the legend says of its colour. */
    record Bar(String legend, Color color, Spread ratio) {}

    /** Bars with a common label. */
    record Group(String label, List<Bar> bars) {}

    private final List<Group> groups;
    private final int rows;
    private final XYChart chart;
    private final Set<String> legends = new HashSet<>();

    private BarPlot(String title, String axis, List<Group> groups) {
        this.groups = groups;
        this.rows = groups.stream().mapToInt(group -> group.bars().size()).max().orElse(1);
        this.chart = Canvas.chart(title, axis, "", AROUND + groups.size() * (rows * BAR + BAR));
    }

    /** Draws them from top to bottom. */
    static XYChart of(String title, String axis, List<Group> groups) {
        BarPlot plot = new BarPlot(title, axis, groups);
        plot.axes();
        plot.bars();
        return plot.chart;
    }

    private void axes() {
        double least = log(ratios().mapToDouble(Spread::min).min().orElse(1));
        double most = log(ratios().mapToDouble(Spread::max).max().orElse(1));
        XYStyler styler = chart.getStyler();
        double left = Math.min(-1, Math.floor(least - 0.3));
        double right = Math.max(1, Math.ceil(most + 0.3));
        styler.setXAxisMin(left);
        styler.setXAxisMax(right);
        styler.setXAxisTickMarkSpacingHint(60);
        styler.setYAxisMin(-0.5);
        styler.setYAxisMax(groups.size() - 0.5);
        styler.setYAxisTickMarkSpacingHint(rows * BAR);
        styler.setPlotGridHorizontalLinesVisible(false);
        chart.setCustomXAxisTickLabelsFormatter(BarPlot::times);
        chart.setCustomYAxisTickLabelsFormatter(this::label);
        Canvas.line(chart, new double[] {0, 0}, new double[] {-0.5, groups.size() - 0.5}, REFERENCE, 2);
    }

    private java.util.stream.Stream<Spread> ratios() {
        return groups.stream().flatMap(group -> group.bars().stream()).map(Bar::ratio);
    }

    private static String times(double exponent) {
        if (exponent != Math.rint(exponent)) {
            return "";
        }
        return exponent < 0 ? "1/" + Math.round(Math.pow(2, -exponent)) : Math.round(Math.pow(2, exponent)) + "×";
    }

    private String label(double position) {
        long index = Math.round(groups.size() - 1 - position);
        boolean isGroup = position == Math.rint(position) && index >= 0 && index < groups.size();
        return isGroup ? groups.get((int) index).label() : "";
    }

    private void bars() {
        double step = 1.0 / (rows + 1);
        for (int group = 0; group < groups.size(); group++) {
            List<Bar> bars = groups.get(group).bars();
            for (int row = 0; row < bars.size(); row++) {
                double middle = (bars.size() - 1) / 2.0;
                bar(bars.get(row), groups.size() - 1 - group + (middle - row) * step);
            }
        }
    }

    private void bar(Bar bar, double y) {
        Spread ratio = bar.ratio().map(BarPlot::log);
        double[] level = {y, y};
        XYSeries series = Canvas.line(chart, new double[] {0, ratio.median()}, level, bar.color(), BAR - 3);
        if (legends.add(bar.legend())) {
            series.setLabel(bar.legend());
            series.setShowInLegend(true);
        }
        Canvas.line(chart, new double[] {ratio.min(), ratio.max()}, level, WHISKER, 1.5f);
        double range = chart.getStyler().getXAxisMax() - chart.getStyler().getXAxisMin();
        double x = ratio.median() < 0 ? ratio.min() - LABEL_DISTANCE * range : ratio.max() + LABEL_DISTANCE * range;
        chart.addAnnotation(new AnnotationText(Numbers.text(bar.ratio().median()) + "×", x, y, false));
    }

    private static double log(double ratio) {
        return Math.log(ratio) / Math.log(2);
    }
}
