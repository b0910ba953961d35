package io.cuttlestore.examples.guide;

import io.cuttlestore.Cursor;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Entry;
import io.cuttlestore.Page;
import io.cuttlestore.ScanOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

final class Scanning {
    private Scanning() {}

    static long totalLength(Cuttlestore<String> store) {
        // @start region="scan"
        long total;
        try (Stream<Entry<String>> entries =
                store.scan(ScanOptions.prefix("user/").distinct())) {
            total = entries.mapToLong(entry -> entry.value().length()).sum();
        }
        // @end
        return total;
    }

    static boolean isAnybodyThere(Cuttlestore<String> store) {
        // @start region="keys"
        boolean anybody;
        try (Stream<String> keys = store.keys(ScanOptions.prefix("user/"))) {
            anybody = keys.findAny().isPresent();
        }
        // @end
        return anybody;
    }

    // @start region="page"
    /** A page of user names, and where the next page begins. */
    static UserPage users(Cuttlestore<String> store, Optional<String> cursor) {
        ScanOptions options = ScanOptions.prefix("user/").pageSize(50);
        Page<String> page =
                store.page(cursor.map(Cursor::parse).map(options::after).orElse(options));
        List<String> names = page.entries().stream().map(Entry::value).toList();
        return new UserPage(names, page.next().map(Cursor::toString));
    }

    record UserPage(List<String> names, Optional<String> next) {}
    // @end

    static List<String> allPages(Cuttlestore<String> store) {
        List<String> names = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            UserPage page = users(store, cursor);
            names.addAll(page.names());
            cursor = page.next();
        } while (cursor.isPresent());
        return names;
    }
}
