package io.cuttlestore.benchmarks.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;

/** A plot and the name of its file, which goes without an ending. */
record Figure(String name, XYChart chart) {
    private static final String ENDING = ".svg";

    /** A number with more than a hundredth of a pixel. */
    private static final Pattern LONG_NUMBER = Pattern.compile("(\\d+\\.\\d\\d)\\d+");

    void write(Path folder) throws IOException {
        ByteArrayOutputStream svg = new ByteArrayOutputStream();
        VectorGraphicsEncoder.saveVectorGraphic(chart, svg, VectorGraphicsFormat.SVG);
        String text = LONG_NUMBER.matcher(svg.toString(StandardCharsets.UTF_8)).replaceAll("$1");
        Files.writeString(folder.resolve(name + ENDING), text);
    }

    /** What shows it on a page beside the folder. */
    String markdown(String folder) {
        return "![" + chart.getTitle() + "](" + folder + "/" + name + ENDING + ")";
    }
}
