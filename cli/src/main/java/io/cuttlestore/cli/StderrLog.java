package io.cuttlestore.cli;

import java.lang.System.Logger;
import java.lang.System.LoggerFinder;
import java.text.MessageFormat;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** Sends the log of the library and of the JDK to standard error with {@code --verbose}, and nowhere without. */
public final class StderrLog extends LoggerFinder {
    private static volatile boolean enabled;

    static void enable(boolean enable) {
        enabled = enable;
    }

    @Override
    public Logger getLogger(String name, Module module) {
        return new Lines(name);
    }

    private record Lines(String name) implements Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return enabled && level.getSeverity() >= Level.INFO.getSeverity() && level != Level.OFF;
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
            if (isLoggable(level)) {
                System.err.println(level + " " + name + ": " + Printable.line(String.valueOf(message)));
                if (thrown != null) {
                    thrown.printStackTrace(System.err);
                }
            }
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String format, @Nullable Object... parameters) {
            if (isLoggable(level)) {
                String pattern = String.valueOf(format);
                boolean plain = parameters == null || parameters.length == 0;
                log(level, bundle, plain ? pattern : MessageFormat.format(pattern, parameters), (Throwable) null);
            }
        }
    }
}
