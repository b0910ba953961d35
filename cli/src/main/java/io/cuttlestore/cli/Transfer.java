package io.cuttlestore.cli;

import io.cuttlestore.Cursor;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Page;
import io.cuttlestore.ScanOptions;
import java.util.Locale;
import java.util.Optional;

/** Carries entries from a store to another, a page at a time. How far it has come may be asked from any thread. */
final class Transfer {
    private final Cuttlestore<byte[]> source;
    private final EntryWriter target;
    private volatile Position position = new Position(0, Optional.empty());

    Transfer(Cuttlestore<byte[]> source, Cuttlestore<byte[]> target) {
        this.source = source;
        this.target = new EntryWriter(target);
    }

    private record Position(long copied, Optional<Cursor> next) {}

    void run(ScanOptions options, Progress progress) {
        for (Pages pages = new Pages(source, options); pages.hasNext(); ) {
            Page<byte[]> page = pages.next();
            target.write(page.entries().stream().map(PortableEntry::of).toList());
            position = new Position(position.copied + page.entries().size(), page.next());
            progress.step(page.entries().size());
        }
    }

    long copied() {
        return position.copied;
    }

    /** How far it has come, and how to go on. */
    String state() {
        Position reached = position;
        return String.format(Locale.ROOT, "copied %,d entries", reached.copied)
                + reached.next.map(cursor -> ", go on with --resume " + cursor).orElse("");
    }
}
