package io.cuttlestore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.spi.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** The faults of the Rust crate that this began as, as far as they concern SQLite: none of them is here. */
class SeedFaultsTest extends SqliteTest {
    private final Clock clock = new Clock();

    private Cuttlestore<String> store() {
        return Cuttlestore.builder(url()).clock(clock).open(String.class);
    }

    @Test
    void columnAffinityMergesNoKeys() {
        try (Cuttlestore<String> store = store()) {
            List<String> keys = List.of("7", "007", "7.0", " 7", "7e0", "0x7", "+7");
            keys.forEach(key -> store.put(key, "value of '" + key + "'"));
            keys.forEach(key -> assertThat(store.get(key)).hasValue("value of '" + key + "'"));
            try (Stream<String> all = store.keys(ScanOptions.all())) {
                assertThat(all).containsExactlyInAnyOrderElementsOf(keys);
            }
        }
    }

    @Test
    void theSweeperSweepsForEver() throws Exception {
        try (Cuttlestore<String> store = Cuttlestore.builder(url())
                .clock(clock)
                .sweepEvery(Duration.ofMillis(20))
                .open(String.class)) {
            for (int round = 0; round < 3; round++) {
                store.put("k" + round, "v", PutOptions.ttl(Duration.ofSeconds(1)));
                clock.advance(Duration.ofSeconds(2));
                await().until(() -> query(file(), "SELECT count(*) FROM entry").equals("0"));
            }
        }
    }

    @Test
    void anExpiredReadLeavesAFreshPutAlone() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (Cuttlestore<String> writer = store();
                Cuttlestore<String> reader = store()) {
            Thread reading = new Thread(() -> {
                while (!done.get()) {
                    reader.get("k");
                    reader.contains("k");
                }
            });
            reading.start();
            for (int i = 0; i < 500; i++) {
                writer.put("k", "old", PutOptions.ttl(Duration.ofSeconds(1)));
                clock.advance(Duration.ofSeconds(1));
                writer.put("k", "fresh" + i);
                assertThat(writer.get("k")).hasValue("fresh" + i);
            }
            done.set(true);
            reading.join();
        }
    }

    @Test
    void aSweepLeavesAnEntryThatWasTouchedOrWrittenAgain() {
        try (var backend = open(url(), clock);
                Cuttlestore<String> store = store()) {
            store.put("touched", "v", PutOptions.ttl(Duration.ofSeconds(1)));
            store.put("written", "v", PutOptions.ttl(Duration.ofSeconds(1)));
            store.put("gone", "v", PutOptions.ttl(Duration.ofSeconds(1)));
            store.touch("touched", Duration.ofSeconds(5));
            store.put("written", "again");
            clock.advance(Duration.ofSeconds(1));
            assertThat(backend.deleteExpired(100, Deadline.NONE)).isEqualTo(1);
            assertThat(store.get("touched")).hasValue("v");
            assertThat(store.get("written")).hasValue("again");
            assertThat(store.get("gone")).isEmpty();
        }
    }

    @Test
    void deletingAMissingKeyIsFine() {
        try (Cuttlestore<String> store = store()) {
            store.delete("missing");
            store.deleteAll(List.of("missing", "too"));
            assertThat(store.getAndDelete("missing")).isEmpty();
        }
    }

    @Test
    void halfASecondIsHalfASecond() {
        try (Cuttlestore<String> store = store()) {
            store.put("k", "v", PutOptions.ttl(Duration.ofMillis(500)));
            clock.advance(Duration.ofMillis(499));
            assertThat(store.get("k")).hasValue("v");
            clock.advance(Duration.ofMillis(1));
            assertThat(store.get("k")).isEmpty();
        }
    }

    @Test
    void noDeadlineUnderflowsOrOverflows() {
        try (Cuttlestore<String> store = store()) {
            store.put("past", "v", PutOptions.expireAt(Instant.MIN));
            store.put("never", "v", PutOptions.expireAt(Instant.MAX));
            store.put("long", "v", PutOptions.ttl(Duration.ofSeconds(Long.MAX_VALUE)));
            store.put("far", "v", PutOptions.expireAt(Instant.ofEpochMilli(Long.MAX_VALUE - 1)));
            store.put("year 9999", "v", PutOptions.expireAt(Instant.parse("9999-12-31T23:59:59.999Z")));
            assertThat(store.contains("past")).isFalse();
            for (String key : List.of("never", "long", "far", "year 9999")) {
                assertThat(store.contains(key)).as(key).isTrue();
            }
            assertThat(store.entry("year 9999").orElseThrow().expiresAt())
                    .hasValue(Instant.parse("9999-12-31T23:59:59.999Z"));
        }
    }

    @Test
    void tenScansAtOnceStarveNobody() throws Exception {
        try (Cuttlestore<String> store = Cuttlestore.open(url() + "?readers=2&timeout=5s", String.class)) {
            for (int i = 0; i < 100; i++) {
                store.put("k" + i, "v");
            }
            List<Stream<String>> scans = IntStream.range(0, 10)
                    .mapToObj(i -> store.keys(ScanOptions.all().pageSize(7)))
                    .toList();
            List<Iterator<String>> open = scans.stream().map(Stream::iterator).toList();
            open.forEach(Iterator::next);
            assertThat(store.get("k1")).hasValue("v");
            store.put("another", "v");
            open.forEach(
                    scan -> assertThat(stream(scan).collect(Collectors.toSet())).hasSizeGreaterThan(98));
            scans.forEach(Stream::close);
        }
    }

    private static Stream<String> stream(Iterator<String> iterator) {
        Iterable<String> rest = () -> iterator;
        return StreamSupport.stream(rest.spliterator(), false);
    }

    @Test
    void argumentsAreDecodedAndUnknownOnesRefused() {
        assertThatThrownBy(() -> Cuttlestore.open(url() + "?durabilty=power", String.class))
                .isInstanceOf(InvalidConnectionStringException.class)
                .hasMessageContaining("did you mean");
        try (Cuttlestore<String> store = Cuttlestore.open(url() + "?dur%61bility=p%6fwer", String.class)) {
            store.put("k", "v");
        }
    }

    @Test
    void aClosedConnectionLeavesNothingOpenAndSaysSo() throws Exception {
        CuttlestoreConnection connection = CuttlestoreConnection.open(url());
        Cuttlestore<String> store = connection.store(String.class);
        store.put("k", "v");
        store.get("k");
        connection.close();
        connection.close();
        assertThatThrownBy(() -> store.get("k")).isInstanceOf(IllegalStateException.class);
        assertThat(listing()).containsExactly("app.db");
        try (Stream<Path> handles = Files.list(Path.of("/proc/self/fd"))) {
            assertThat(handles.map(SeedFaultsTest::target)).noneMatch(name -> name.contains(folder.toString()));
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }

    @Test
    void everyFailureHasATypeThatCallersCanName() {
        assertThatThrownBy(() -> Cuttlestore.open("sqlite:///proc/version/app.db", String.class))
                .isInstanceOf(CuttlestoreException.class);
    }
}
