package io.cuttlestore.benchmarks.report;

import java.io.IOException;
import java.nio.file.Path;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;

/** A plot and the name of its file, which goes without an ending. */
record Figure(String name, XYChart chart) {
    private static final String ENDING = ".svg";

    void write(Path folder) throws IOException {
        VectorGraphicsEncoder.saveVectorGraphic(
                chart, folder.resolve(name + ENDING).toString(), VectorGraphicsFormat.SVG);
    }

    /** What shows it on a page beside the folder. */
    String markdown(String folder) {
        return "![" + chart.getTitle() + "](" + folder + "/" + name + ENDING + ")";
    }
}
