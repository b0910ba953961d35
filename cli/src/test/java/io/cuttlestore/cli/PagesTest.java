package io.cuttlestore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.ScanOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PagesTest {
    @Test
    void visitsEveryEntryOnce() {
        try (Cuttlestore<byte[]> store = storeOf(1_234, 10)) {
            List<String> visited = new ArrayList<>();
            new Pages(store, ScanOptions.all())
                    .forEachRemaining(page -> page.entries().forEach(entry -> visited.add(entry.key())));
            assertThat(visited).hasSize(1_234).doesNotHaveDuplicates();
        }
    }

    @Test
    void asksForManySmallEntriesAndFewLargeOnes() {
        assertThat(largestPageBehindTheFirst(3_000, 10)).isEqualTo(1_000);
        assertThat(largestPageBehindTheFirst(60, 256 << 10)).isLessThanOrEqualTo(4);
    }

    private static int largestPageBehindTheFirst(int entries, int valueBytes) {
        try (Cuttlestore<byte[]> store = storeOf(entries, valueBytes)) {
            Pages pages = new Pages(store, ScanOptions.all());
            pages.next();
            int largest = 0;
            while (pages.hasNext()) {
                largest = Math.max(largest, pages.next().entries().size());
            }
            return largest;
        }
    }

    private static Cuttlestore<byte[]> storeOf(int entries, int valueBytes) {
        Cuttlestore<byte[]> store = Cuttlestore.open("in-memory", byte[].class);
        IntStream.range(0, entries).forEach(i -> store.put("key-" + i, new byte[valueBytes]));
        return store;
    }
}
