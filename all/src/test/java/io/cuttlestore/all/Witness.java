package io.cuttlestore.all;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Hears all that is said while it is there: what is logged through {@code System.Logger} and SLF4J, printed, thrown with
 * its causes and what was suppressed, how objects print, and how threads and MBeans are called.
 */
final class Witness implements AutoCloseable {
    private static final Logger ROOT = Logger.getLogger("");
    private static final Logger OURS = Logger.getLogger("io.cuttlestore");

    private final StringBuffer heard = new StringBuffer();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final Handler handler = new Listener();

    Witness() {
        PrintStream listener = new PrintStream(printed, true, StandardCharsets.UTF_8);
        System.setOut(listener);
        System.setErr(listener);
        OURS.setLevel(Level.ALL);
        handler.setLevel(Level.ALL);
        ROOT.addHandler(handler);
    }

    private final class Listener extends Handler {
        @Override
        public void publish(LogRecord line) {
            Object[] parameters = line.getParameters();
            hear(line.getLoggerName() + " " + line.getMessage() + " " + Arrays.toString(parameters));
            if (parameters != null) {
                hear(MessageFormat.format(line.getMessage(), parameters));
            }
            if (line.getThrown() != null) {
                hear(line.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private void hear(String text) {
        heard.append(text).append('\n');
    }

    /** With all causes and what was suppressed. */
    void hear(Throwable thrown) {
        StringWriter trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        hear(trace.toString());
    }

    /** Looks at objects, and at the threads and MBeans that are there now. */
    void sees(Object... objects) {
        for (Object object : objects) {
            hear(String.valueOf(object));
        }
        Thread.getAllStackTraces().keySet().forEach(thread -> hear(thread.getName()));
        ManagementFactory.getPlatformMBeanServer().queryNames(null, null).forEach(name -> hear(name.toString()));
    }

    String everything() {
        return heard + printed.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        ROOT.removeHandler(handler);
        OURS.setLevel(null);
        System.setOut(out);
        System.setErr(err);
    }
}
