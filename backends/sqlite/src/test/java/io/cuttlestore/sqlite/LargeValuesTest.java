package io.cuttlestore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Entry;
import io.cuttlestore.Page;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LargeValuesTest extends SqliteTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    @Test
    void aValueOfManyMegabytesIsStored() {
        byte[] value = random(16 << 20);
        try (Cuttlestore<byte[]> store = Cuttlestore.open(url(), byte[].class)) {
            assertThat(store.connection().capabilities().limits().maxValueBytes())
                    .isGreaterThan(900_000_000L);
            store.put("k", value);
            assertThat(store.get("k").orElseThrow()).isEqualTo(value);
        }
    }

    @Test
    void aPageOfLargeValuesEndsEarly() {
        byte[] value = random(1 << 20);
        try (Cuttlestore<byte[]> store = Cuttlestore.open(url(), byte[].class)) {
            for (int i = 0; i < 10; i++) {
                store.put("k" + i, value);
            }
            Page<byte[]> page = store.page(ScanOptions.all().pageSize(1000));
            assertThat(page.entries()).hasSizeBetween(1, 5);
            assertThat(page.next()).isPresent();
            try (var all = store.scan()) {
                assertThat(all.map(Entry::key)).hasSize(10);
            }
        }
    }

    /** Whatever the deadline was and becomes, the write-ahead log grows by a few pages only. */
    @Test
    void aTouchDoesNotWriteTheValueAgain() throws IOException {
        try (Cuttlestore<byte[]> store = Cuttlestore.open(url(), byte[].class)) {
            store.put("k", random(1 << 20));
            long before = log();
            store.touch("k", HOUR);
            store.touch("k", HOUR.multipliedBy(2));
            store.persist("k");
            store.touch("k", Duration.ofMillis(1).plus(HOUR));
            store.put("small", new byte[1], PutOptions.ttl(HOUR));
            assertThat(log() - before).isBetween(1L, 100_000L);
        }
    }

    private long log() throws IOException {
        return Files.size(Path.of(file() + "-wal"));
    }
}
