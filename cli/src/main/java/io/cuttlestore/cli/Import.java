package io.cuttlestore.cli;

import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes the entries of many lines in batches, and knows at any time which of them are in the store. Used once. */
final class Import {
    private static final int BATCH_ENTRIES = 500;
    private static final long BATCH_BYTES = 4 << 20;

    private final BoundedLines lines;
    private final EntryWriter writer;
    private final Limits limits;
    private final List<PortableEntry> batch = new ArrayList<>();
    private long batchBytes;
    private long imported;

    Import(BoundedLines lines, EntryWriter writer, Limits limits) {
        this.lines = lines;
        this.writer = writer;
        this.limits = limits;
    }

    /** Imports all lines, or those before the first that is wrong. */
    void run(Progress progress) throws IOException {
        for (PortableEntry entry = next(); entry != null; entry = next()) {
            batch.add(entry);
            batchBytes += entry.value().length;
            if (batch.size() == BATCH_ENTRIES || batchBytes >= BATCH_BYTES) {
                flush();
            }
            progress.step(1);
        }
        flush();
    }

    private @Nullable PortableEntry next() throws IOException {
        try {
            byte[] line = lines.next();
            while (line != null && new String(line, StandardCharsets.ISO_8859_1).isBlank()) {
                line = lines.next();
            }
            return line == null ? null : checked(EntryParser.parse(line));
        } catch (IllegalArgumentException e) {
            flush();
            throw new CommandFailure(
                    ExitCode.FAILED,
                    String.format(
                            Locale.ROOT,
                            "line %,d %s; the %,d entries before it are imported, none behind it",
                            lines.number(),
                            e.getMessage(),
                            imported),
                    e);
        }
    }

    private PortableEntry checked(PortableEntry entry) {
        int keyBytes = EntryParser.utf8(entry.key(), JsonLines.KEY).length;
        if (keyBytes == 0 || keyBytes > limits.maxKeyBytes()) {
            throw new IllegalArgumentException(
                    "has a key of " + Printable.size(keyBytes) + "; 1 to " + limits.maxKeyBytes() + " are allowed");
        }
        if (entry.value().length > limits.maxValueBytes()) {
            throw new IllegalArgumentException("has a value of " + Printable.size(entry.value().length)
                    + "; this store accepts " + Printable.size(limits.maxValueBytes()));
        }
        return entry;
    }

    private void flush() {
        try {
            writer.write(batch);
        } catch (CuttlestoreException | IllegalArgumentException e) {
            throw new CommandFailure(
                    ExitCode.of(e),
                    String.format(
                            Locale.ROOT,
                            "%,d entries are imported, and of the next %,d perhaps some; importing all again is safe: %s",
                            imported,
                            batch.size(),
                            e.getMessage()),
                    e);
        }
        imported += batch.size();
        batch.clear();
        batchBytes = 0;
    }
}
