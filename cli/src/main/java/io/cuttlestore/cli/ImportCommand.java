package io.cuttlestore.cli;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Limits;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;

@Command(
        description = {
            "Write the entries that standard input holds in the form of export.",
            "A line that is wrong ends it: the entries before that line are imported, and none behind it."
        })
final class ImportCommand extends StoreCommand {
    /** A byte of a value takes six in JSON at most: {@code \}{@code u0000}. */
    private static final int JSON_BYTES_PER_BYTE = 6;
    /** More than the longest key and the names of the properties can take. */
    private static final int JSON_BYTES_BESIDE_VALUE = 1 << 14;

    private static final int SHARE_OF_MEMORY = 8;

    ImportCommand(Shell shell) {
        super(shell);
    }

    @Override
    boolean mayCreate() {
        return true;
    }

    @Override
    int run(Cuttlestore<byte[]> store, List<String> arguments) throws IOException {
        Limits limits = store.connection().capabilities().limits();
        BoundedLines lines = new BoundedLines(shell().in(), maxLineBytes(limits));
        try (Progress progress = Progress.of(shell(), "import", () -> Progress.UNKNOWN)) {
            new Import(lines, new EntryWriter(store), limits).run(progress);
        }
        return ExitCode.OK;
    }

    private static int maxLineBytes(Limits limits) {
        long memory = Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY;
        long value = Math.min(limits.maxValueBytes(), memory);
        return (int)
                Math.min(Math.min(JSON_BYTES_PER_BYTE * value + JSON_BYTES_BESIDE_VALUE, memory), Integer.MAX_VALUE);
    }
}
