package io.cuttlestore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Entry;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Deadline;
import io.cuttlestore.spi.ScanRequest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClearingTest extends SqliteTest {
    private Backend backend;
    private Cuttlestore<String> store;

    @BeforeEach
    void open() {
        backend = open(url(), new Clock());
        store = Cuttlestore.open(url(), String.class);
    }

    @AfterEach
    void close() {
        store.close();
        backend.close();
    }

    private static String key(int i) {
        return String.format("k%05d", i);
    }

    /** Clears the keys that begin with k, five at a time; does something else after each page. */
    private void clear(Runnable meanwhile) {
        int pages = 0;
        String cursor = null;
        do {
            cursor = backend.clear(new ScanRequest("k", cursor, 5, true, Deadline.NONE));
            meanwhile.run();
        } while (cursor != null && ++pages < 100);
        assertThat(cursor).as("cursor after %s pages", pages).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 12, 19})
    void everythingGoesWhicheverWasWrittenLast(int last) {
        store.put("j", "stays");
        store.put("l", "stays");
        IntStream.range(0, 20).filter(i -> i != last).forEach(i -> store.put(key(i), "old"));
        store.put(key(last), "newest");
        clear(() -> {});
        try (var left = store.scan()) {
            assertThat(left.map(Entry::key)).containsExactly("j", "l");
        }
    }

    @Test
    void whatIsOutsideStaysEvenIfItWasWrittenLast() {
        IntStream.range(0, 20).forEach(i -> store.put(key(i), "old"));
        store.put("z", "stays");
        clear(() -> {});
        try (var left = store.scan()) {
            assertThat(left.map(Entry::key)).containsExactly("z");
        }
    }

    @Test
    void itEndsHoweverMuchIsWrittenMeanwhile() {
        IntStream.range(0, 20).forEach(i -> store.put(key(i), "old"));
        int[] next = {20};
        clear(() -> IntStream.range(0, 10).forEach(i -> store.put(key(next[0]++), "new")));
        try (var left = store.scan()) {
            assertThat(left.map(Entry::value)).hasSize(next[0] - 20).containsOnly("new");
        }
    }

    @Test
    void aScanSeeksItsPrefixInTheIndexOfKeys() throws Exception {
        for (String page : List.of(Queries.PAGE_OF_ENTRIES, Queries.PAGE_OF_KEYS)) {
            assertThat(query(file(), "EXPLAIN QUERY PLAN " + page, 4))
                    .isEqualTo("SEARCH entry USING INDEX sqlite_autoindex_entry_1 (k>? AND k<?)");
        }
    }

    @Test
    void aPageIsFoundByTheIndexOfKeys() throws Exception {
        assertThat(query(file(), "EXPLAIN QUERY PLAN " + Removals.OLDER_IN_RANGE, 4))
                .contains("USING COVERING INDEX sqlite_autoindex_entry_1 (k>? AND k<?)");
    }
}
