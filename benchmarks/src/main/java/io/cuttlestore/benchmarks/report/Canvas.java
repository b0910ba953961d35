package io.cuttlestore.benchmarks.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What all plots have in common: a white sheet with one font. */
final class Canvas {
    /** Of a plot without labels on its left, in pixels. */
    static final int PLOT_WIDTH = 910;

    private static final int WIDTH = 960;
    private static final Color INK = new Color(0x222222);
    private static final Color FAINT = new Color(0xDDDDDD);
    private static final String FONT = Font.SANS_SERIF;
    private static final Font SMALL = font(Font.PLAIN, 13);

    private Canvas() {}

    static XYChart chart(String title, String xTitle, String yTitle, int height) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(height)
                .title(title)
                .xAxisTitle(xTitle)
                .yAxisTitle(yTitle)
                .build();
        XYStyler styler = chart.getStyler();
        styler.setBaseFont(font(Font.PLAIN, 14));
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBackgroundColor(Color.WHITE);
        styler.setChartFontColor(INK);
        styler.setChartPadding(16);
        styler.setChartTitleFont(font(Font.BOLD, 18));
        styler.setChartTitleBoxVisible(false);
        styler.setAxisTitleFont(font(Font.PLAIN, 14));
        styler.setAxisTickLabelsFont(font(Font.PLAIN, 13));
        styler.setAxisTickLabelsColor(INK);
        styler.setPlotBorderVisible(false);
        styler.setAxisTicksLineVisible(false);
        styler.setPlotGridLinesColor(FAINT);
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setPlotMargin(0);
        styler.setPlotContentSize(1);
        styler.setLegendPosition(LegendPosition.OutsideS);
        styler.setLegendLayout(LegendLayout.Horizontal);
        styler.setLegendFont(font(Font.PLAIN, 13));
        styler.setLegendBorderColor(Color.WHITE);
        styler.setMarkerSize(8);
        styler.setAnnotationTextFont(SMALL);
        styler.setAnnotationTextFontColor(INK);
        return chart;
    }

    private static Font font(int style, int size) {
        return new Font(FONT, style, size);
    }

    /** Of an annotation, in pixels. */
    static double width(String text) {
        return SMALL.getStringBounds(text, new FontRenderContext(null, true, true))
                .getWidth();
    }

    /** A straight line that the legend doesn't name. */
    static XYSeries line(XYChart chart, double[] x, double[] y, Color color, float width) {
        XYSeries line = chart.addSeries("line " + chart.getSeriesMap().size(), x, y);
        line.setMarker(SeriesMarkers.NONE);
        line.setLineColor(color);
        line.setLineStyle(new BasicStroke(width, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        line.setShowInLegend(false);
        return line;
    }
}
