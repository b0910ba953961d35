package io.cuttlestore.benchmarks.report;

import io.cuttlestore.benchmarks.result.Spread;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lines through points with their spread, on logarithmic axes. */
final class LinePlot {
    private static final int HEIGHT = 460;

    private static final String NUMBERS = "#,##0.###";

    /** A point of a line. */
    record Point(double x, Spread y) {}

    /** A line; ours is drawn stronger. */
    record Line(String label, Color color, boolean strong, List<Point> points) {}

    private final XYChart chart;

    private LinePlot(XYChart chart) {
        this.chart = chart;
    }

    static XYChart of(String title, String xTitle, String yTitle, List<Line> lines) {
        XYChart chart = Canvas.chart(title, xTitle, yTitle, HEIGHT);
        XYStyler styler = chart.getStyler();
        styler.setXAxisLogarithmic(true);
        styler.setYAxisLogarithmic(true);
        styler.setXAxisDecimalPattern(NUMBERS);
        styler.setYAxisDecimalPattern(NUMBERS);
        LinePlot plot = new LinePlot(chart);
        lines.forEach(plot::line);
        return chart;
    }

    /** As it is, for other axes. */
    static void draw(XYChart chart, List<Line> lines) {
        lines.forEach(new LinePlot(chart)::line);
    }

    private void line(Line line) {
        XYSeries series = chart.addSeries(
                line.label(),
                line.points().stream().mapToDouble(Point::x).toArray(),
                line.points().stream().mapToDouble(point -> point.y().median()).toArray());
        series.setLineColor(line.color());
        series.setMarkerColor(line.color());
        series.setMarker(SeriesMarkers.CIRCLE);
        series.setLineStyle(new BasicStroke(line.strong() ? 4 : 2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        for (Point point : line.points()) {
            double[] x = {point.x(), point.x()};
            Canvas.line(chart, x, new double[] {point.y().min(), point.y().max()}, line.color(), 1.5f);
        }
    }
}
