package io.cuttlestore.internal;

import io.cuttlestore.Capability;
import io.cuttlestore.Cursor;
import io.cuttlestore.Entry;
import io.cuttlestore.Page;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.spi.Namespace;
import io.cuttlestore.spi.ScanEntry;
import io.cuttlestore.spi.ScanPage;
import io.cuttlestore.spi.ScanRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A scan of one view: page after page, with nothing held in the store between them. */
final class Scan {
    private final Connection connection;
    private final ScanOptions options;
    private final String prefix;
    private final @Nullable String start;
    private final Duration timeout;
    private final Runnable requireOpen;

    Scan(Connection connection, Namespace namespace, ScanOptions options, Duration timeout, Runnable requireOpen) {
        this.connection = connection;
        this.options = options;
        this.prefix = namespace.prefix(options.prefix());
        this.start = options.after()
                .map(cursor -> Cursors.unwrap(connection.storeId(), prefix, cursor))
                .orElse(null);
        this.timeout = timeout;
        this.requireOpen = requireOpen;
    }

    <V> Page<V> page(Function<ScanEntry, Entry<V>> toEntry) {
        ScanPage page = fetch(start, false);
        Cursor next = page.next() == null ? null : Cursors.wrap(connection.storeId(), prefix, page.next());
        return new Page<>(page.entries().stream().map(toEntry).toList(), next);
    }

    <T> Stream<T> stream(boolean keysOnly, Function<ScanEntry, T> map) {
        boolean mayRepeat = !connection.capabilities().supports(Capability.EXACT_SCAN);
        Pages pages = new Pages(keysOnly, options.isDistinct() && mayRepeat ? new KeyDigests() : null);
        return StreamSupport.stream(pages, false).onClose(pages::close).map(map);
    }

    private ScanPage fetch(@Nullable String position, boolean keysOnly) {
        requireOpen.run();
        return connection.page(
                new ScanRequest(prefix, position, options.pageSize(), keysOnly, connection.deadline(timeout)));
    }

    /** Drops repeats here and not in the stream, whose steps run on many threads once it is made parallel. */
    private final class Pages extends Spliterators.AbstractSpliterator<ScanEntry> {
        private final boolean keysOnly;
        private final @Nullable KeyDigests seen;
        private Iterator<ScanEntry> current = Collections.emptyIterator();
        private @Nullable String position = start;
        private boolean more = true;

        Pages(boolean keysOnly, @Nullable KeyDigests seen) {
            super(Long.MAX_VALUE, Spliterator.NONNULL);
            this.keysOnly = keysOnly;
            this.seen = seen;
        }

        @Override
        public boolean tryAdvance(Consumer<? super ScanEntry> action) {
            while (!current.hasNext()) {
                if (!more) {
                    return false;
                }
                ScanPage page = fetch(position, keysOnly);
                current = unseen(page.entries()).iterator();
                position = page.next();
                more = position != null;
            }
            action.accept(current.next());
            return true;
        }

        private List<ScanEntry> unseen(List<ScanEntry> entries) {
            return seen == null
                    ? entries
                    : entries.stream().filter(entry -> seen.add(entry.key())).toList();
        }

        void close() {
            current = Collections.emptyIterator();
            more = false;
        }
    }
}
