package io.cuttlestore.cli;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Entry;
import io.cuttlestore.ScanOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        description = {
            "List entries: key, tab, value on a line each; raw when piped, made safe to look at on a terminal.",
            "Keys or values that hold line breaks are best read with --json."
        })
final class ScanCommand extends StoreCommand {
    @Option(names = "--prefix", paramLabel = "P", defaultValue = "", description = "Only keys that begin with this.")
    @SuppressWarnings("NullAway.Init")
    private String prefix;

    @Option(names = "--limit", paramLabel = "N", description = "At most this many.")
    private long limit = Long.MAX_VALUE;

    @Option(names = "--keys", description = "Keys only; moves no values.")
    private boolean keysOnly;

    @Option(names = "--json", description = "An object on each line; on a terminal, indented.")
    private boolean json;

    ScanCommand(Shell shell) {
        super(shell);
    }

    @Override
    int run(Cuttlestore<byte[]> store, List<String> arguments) throws IOException {
        if (limit < 1) {
            throw new IllegalArgumentException("--limit must be at least 1, not " + limit);
        }
        ScanOptions options = ScanOptions.prefix(prefix);
        try (Listing listing = listing()) {
            if (keysOnly) {
                listKeys(store, options, listing);
            } else {
                listEntries(store, options, listing);
            }
        }
        return ExitCode.OK;
    }

    private Listing listing() {
        OutputStream out = shell().out();
        boolean forPeople = shell().terminalOut();
        return json ? new JsonLines(out, forPeople) : new TextLines(out, forPeople);
    }

    private void listKeys(Cuttlestore<byte[]> store, ScanOptions options, Listing listing) throws IOException {
        try (Stream<String> keys = store.keys(options).limit(limit)) {
            for (Iterator<String> each = keys.iterator(); each.hasNext(); ) {
                listing.key(each.next());
            }
        }
    }

    private void listEntries(Cuttlestore<byte[]> store, ScanOptions options, Listing listing) throws IOException {
        long left = limit;
        for (Pages pages = new Pages(store, options); left > 0 && pages.hasNext(); ) {
            List<Entry<byte[]>> entries = pages.next().entries();
            int listed = (int) Math.min(left, entries.size());
            for (Entry<byte[]> entry : entries.subList(0, listed)) {
                listing.entry(entry);
            }
            left -= listed;
        }
    }
}
