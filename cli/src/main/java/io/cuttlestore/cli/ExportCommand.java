package io.cuttlestore.cli;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Entry;
import io.cuttlestore.ScanOptions;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

@Command(
        description = {
            "Write all entries to standard output as NDJSON, an object on each line.",
            "  {\"key\":\"k\",\"value\":\"text\",\"expiresAt\":\"2030-01-01T00:00:00Z\"}",
            "A value that is not UTF-8 is written as \"base64\"; what never expires has no \"expiresAt\"."
        })
final class ExportCommand extends StoreCommand {
    ExportCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(Cuttlestore<byte[]> store, List<String> arguments) throws IOException {
        try (JsonLines lines = new JsonLines(shell().out(), false);
                Progress progress = Progress.of(shell(), "export", () -> count(store))) {
            for (Pages pages = new Pages(store, ScanOptions.all()); pages.hasNext(); ) {
                for (Entry<byte[]> entry : pages.next().entries()) {
                    lines.entry(entry);
                    progress.step(1);
                }
            }
        }
        return ExitCode.OK;
    }

    private static long count(Cuttlestore<byte[]> store) {
        try (Stream<String> keys = store.keys(ScanOptions.all())) {
            return keys.count();
        }
    }
}
