package io.cuttlestore.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.Expiry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Expiry in a folder")
class ExpiryTest {
    private static final Expiry SECOND = Expiry.after(Duration.ofSeconds(1));

    private Folder folder;
    private Backend backend;

    @BeforeEach
    void open(@TempDir Path temporary) {
        folder = new Folder(temporary);
        backend = folder.open();
    }

    @AfterEach
    void close() {
        backend.close();
    }

    private int sweep() {
        return backend.deleteExpired(1_000, Folder.soon());
    }

    @Test
    @DisplayName("makes an entry absent to all at its deadline, and a sweep removes it")
    void expires() {
        Folder.put(backend, "k", "v", SECOND);
        folder.now.addAndGet(999);
        assertThat(Folder.get(backend, "k")).isEqualTo("v");
        assertThat(sweep()).isZero();
        folder.now.addAndGet(1);
        assertThat(Folder.get(backend, "k")).isNull();
        assertThat(Folder.keys(backend, "", 10)).isEmpty();
        assertThat(Folder.touch(backend, "k", SECOND)).isFalse();
        assertThat(folder.file("k")).exists();
        assertThat(sweep()).isEqualTo(1);
        assertThat(folder.file("k")).doesNotExist();
        assertThat(sweep()).isZero();
        assertThat(Folder.list(folder.control("expiry"))).isEmpty();
    }

    @Test
    @DisplayName("counts as absence in conditions")
    void conditions() {
        Folder.put(backend, "k", "old", SECOND);
        String version = Folder.entry(backend, "k").version();
        folder.now.addAndGet(1_000);
        assertThat(backend.execute(Folder.put("k", "new", Expiry.KEEP, Condition.ifVersion(version))))
                .isFalse();
        assertThat(backend.execute(new Delete(Folder.key("k"), Condition.ALWAYS, true, Folder.soon()))
                        .deleted())
                .isFalse();
        Folder.put(backend, "k", "old", SECOND);
        folder.now.addAndGet(1_000);
        assertThat(backend.execute(Folder.put("k", "new", Expiry.KEEP, Condition.IF_ABSENT)))
                .isTrue();
        assertThat(Folder.entry(backend, "k").expiresAt()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    @DisplayName("never takes a fresh put with it (a fault of the Rust crate)")
    void sparesFreshPuts() {
        List<Runnable> rewrites = List.of(
                () -> Folder.put(backend, "k", "fresh"),
                () -> Folder.put(backend, "k", "fresh", SECOND),
                () -> Folder.put(backend, "k", "fresh", Expiry.after(Duration.ofDays(400))));
        for (Runnable rewrite : rewrites) {
            Folder.put(backend, "k", "stale", SECOND);
            folder.now.addAndGet(1_000);
            assertThat(Folder.get(backend, "k")).isNull();
            rewrite.run();
            assertThat(sweep()).isZero();
            assertThat(Folder.get(backend, "k")).isEqualTo("fresh");
        }
    }

    @Test
    @DisplayName("follows a touch to later, to earlier and to never")
    void touch() {
        for (String key : List.of("later", "earlier", "never", "past")) {
            Folder.put(backend, key, "v", Expiry.after(Duration.ofSeconds(10)));
        }
        Folder.touch(backend, "later", Expiry.after(Duration.ofDays(3)));
        Folder.touch(backend, "earlier", SECOND);
        Folder.touch(backend, "never", Expiry.NEVER);
        assertThat(Folder.touch(backend, "past", Expiry.at(Instant.EPOCH))).isTrue();
        assertThat(folder.file("past")).doesNotExist();
        folder.now.addAndGet(1_000);
        assertThat(sweep()).isEqualTo(1);
        folder.now.addAndGet(9_000);
        assertThat(sweep()).isZero();
        assertThat(Folder.keys(backend, "", 10)).containsExactlyInAnyOrder("later", "never");
        folder.now.addAndGet(Duration.ofDays(3).toMillis());
        assertThat(sweep()).isEqualTo(1);
        assertThat(Folder.keys(backend, "", 10)).containsExactly("never");
        assertThat(Folder.list(folder.control("expiry"))).isEmpty();
    }

    @Test
    @DisplayName("logs far deadlines by day and hour, and finds each when it comes, however often it sweeps")
    void farDeadlines() {
        List<Duration> ttls = List.of(
                Duration.ofMinutes(1),
                Duration.ofMinutes(119),
                Duration.ofHours(5),
                Duration.ofHours(47),
                Duration.ofDays(2),
                Duration.ofDays(9));
        long start = folder.now.get();
        for (Duration ttl : ttls) {
            Folder.put(backend, ttl.toString(), "v", Expiry.after(ttl));
        }
        for (Duration ttl : ttls) {
            folder.now.set(start + ttl.toMillis() - 1);
            assertThat(sweep()).isZero();
            folder.now.set(start + ttl.toMillis());
            assertThat(sweep()).as(ttl.toString()).isEqualTo(1);
        }
        assertThat(Folder.list(folder.control("expiry"))).isEmpty();
    }

    @Test
    @DisplayName("uses few logs for many deadlines far away")
    void fewLogs() {
        IntStream.range(0, 1_000)
                .forEach(i -> Folder.put(
                        backend, "k" + i, "v", Expiry.after(Duration.ofDays(10).plusMinutes(i))));
        assertThat(Folder.list(folder.control("expiry"))).hasSizeLessThan(4);
    }

    @Test
    @DisplayName("sweeps in batches, going on where it stopped")
    void batches() {
        IntStream.range(0, 25).forEach(i -> Folder.put(backend, "k" + i, "v", SECOND));
        Folder.put(backend, "minute", "v", Expiry.after(Duration.ofSeconds(50)));
        folder.now.addAndGet(1_000);
        assertThat(backend.deleteExpired(10, Folder.soon())).isEqualTo(10);
        assertThat(backend.deleteExpired(10, Folder.soon())).isEqualTo(10);
        Folder.put(backend, "between", "v", SECOND);
        assertThat(backend.deleteExpired(10, Folder.soon())).isEqualTo(5);
        folder.now.addAndGet(1_000);
        assertThat(sweep()).isEqualTo(1);
        folder.now.addAndGet(60_000);
        assertThat(sweep()).isEqualTo(1);
        assertThat(Folder.keys(backend, "", 10)).isEmpty();
    }

    @Test
    @DisplayName("reads the logs of backends that have ended, and not those of others in use")
    void inherits() {
        Backend other = folder.open();
        Folder.put(other, "k", "v", SECOND);
        folder.now.addAndGet(1_000);
        assertThat(sweep()).isZero();
        other.close();
        assertThat(sweep()).isEqualTo(1);
        assertThat(Folder.list(folder.control("expiry"))).isEmpty();
    }

    @Test
    @DisplayName("goes on after a crash in the middle of a sweep or of a line")
    void crash() throws IOException {
        try (Backend other = folder.open()) {
            IntStream.range(0, 20).forEach(i -> Folder.put(other, "k" + i, "v", SECOND));
            folder.now.addAndGet(1_000);
            assertThat(other.deleteExpired(5, Folder.soon())).isEqualTo(5);
        }
        Path taken = folder.control("expiry")
                .resolve(Folder.list(folder.control("expiry")).get(0));
        Files.writeString(taken, "0000000000000001 half-a-l", java.nio.file.StandardOpenOption.APPEND);
        assertThat(sweep()).isEqualTo(15);
        assertThat(Folder.list(folder.control("expiry"))).isEmpty();
    }

    @Test
    @DisplayName("does nothing that a damaged log says about files elsewhere")
    void damagedLog(@TempDir Path elsewhere) throws IOException {
        Path victim = Files.writeString(elsewhere.resolve("victim"), "x");
        String time = "%016x".formatted(folder.now.get() - 60_000);
        Files.writeString(
                folder.control("expiry").resolve(time + "-00000001"),
                time + " ../../" + victim + "\n" + time + " %2e%2e\n\0\0\0\n" + time + " ..\n");
        assertThat(sweep()).isZero();
        assertThat(victim).hasContent("x");
    }

    @Test
    @DisplayName("in the past leaves a key absent, whatever was there")
    void past() {
        Folder.put(backend, "k", "v");
        Folder.put(backend, "k", "w", Expiry.at(Instant.ofEpochMilli(folder.now.get())));
        assertThat(Folder.get(backend, "k")).isNull();
        assertThat(folder.file("k")).doesNotExist();
        assertThat(backend.execute(Folder.put("k", "x", Expiry.at(Instant.EPOCH), Condition.IF_ABSENT)))
                .isTrue();
        assertThat(folder.file("k")).doesNotExist();
    }
}
