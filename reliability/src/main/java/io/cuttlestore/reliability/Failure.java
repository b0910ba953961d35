package io.cuttlestore.reliability;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What went wrong, in full, for whoever has to find out why. */
final class Failure {
    private Failure() {}

    static String text(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString().strip();
    }
}
