package io.cuttlestore.cli;

import io.cuttlestore.Cursor;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Entry;
import io.cuttlestore.Page;
import io.cuttlestore.ScanOptions;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * Walks over a store page by page. Asks each time for as many entries as make up about a mebibyte, judging by the page
 * before, so that memory does not grow with the values. Not thread-safe.
 */
final class Pages implements Iterator<Page<byte[]>> {
    private static final int FIRST = 20;
    private static final int MOST = 1_000;
    private static final long BYTES = 1 << 20;

    private final Cuttlestore<byte[]> store;
    private ScanOptions options;
    private boolean hasNext = true;

    Pages(Cuttlestore<byte[]> store, ScanOptions options) {
        this.store = store;
        this.options = options.pageSize(FIRST);
    }

    @Override
    public boolean hasNext() {
        return hasNext;
    }

    @Override
    public Page<byte[]> next() {
        if (!hasNext) {
            throw new NoSuchElementException();
        }
        Page<byte[]> page = store.page(options);
        Optional<Cursor> next = page.next();
        hasNext = next.isPresent();
        options = next.map(options::after).orElse(options).pageSize(sizeAfter(page));
        return page;
    }

    private static int sizeAfter(Page<byte[]> page) {
        long bytes = 1;
        for (Entry<byte[]> entry : page.entries()) {
            bytes += entry.value().length;
        }
        long fitting = BYTES * Math.max(1, page.entries().size()) / bytes;
        return (int) Math.max(1, Math.min(fitting, MOST));
    }
}
