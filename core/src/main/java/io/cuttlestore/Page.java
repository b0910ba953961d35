package io.cuttlestore;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A part of a scan. May be empty although more pages follow; only an absent {@link #next()} ends the scan.
 *
 * @param <V> the values
 */
public final class Page<V> {
    private final List<Entry<V>> entries;
    private final @Nullable Cursor next;

    public Page(List<Entry<V>> entries, @Nullable Cursor next) {
        this.entries = List.copyOf(entries);
        this.next = next;
    }

    public List<Entry<V>> entries() {
        return entries;
    }

    /** Where the next page begins; absent at the end. */
    public Optional<Cursor> next() {
        return Optional.ofNullable(next);
    }
}
