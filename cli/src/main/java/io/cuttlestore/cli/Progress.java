package io.cuttlestore.cli;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar with rate on standard error, if that is a terminal; nothing otherwise. Not thread-safe. */
final class Progress implements AutoCloseable {
    /** The total where none is known. */
    static final long UNKNOWN = -1;

    private static final int COLUMNS = 79;

    private final @Nullable ProgressBar bar;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    /**
     * Begins to show progress.
     *
     * @param total how many steps there are, or {@link #UNKNOWN}; asked only if it will be shown
     */
    static Progress of(Shell shell, String task, LongSupplier total) {
        if (!shell.terminalErr()) {
            return new Progress(null);
        }
        return new Progress(ProgressBar.builder()
                .setTaskName(task)
                .setInitialMax(total.getAsLong())
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(shell.err(), COLUMNS))
                .setUpdateIntervalMillis(200)
                .showSpeed(new DecimalFormat("#,##0", DecimalFormatSymbols.getInstance(Locale.ROOT)))
                .build());
    }

    void step(long steps) {
        if (bar != null) {
            bar.stepBy(steps);
        }
    }

    /** Leaves the bar as it is, on a line of its own. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
