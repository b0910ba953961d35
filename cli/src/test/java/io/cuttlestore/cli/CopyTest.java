package io.cuttlestore.cli;

import static io.cuttlestore.cli.Invocation.cuttle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Entry;
import io.cuttlestore.Page;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.cli.Invocation.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Copying from each kind of store to SQLite, and verifying. */
@ParameterizedClass
@EnumSource(TestStore.class)
class CopyTest {
    private static final byte[] BINARY = {0, (byte) 0xff, '\n'};

    @Parameter
    TestStore kind;

    @TempDir
    Path folder;

    private String from;
    private String to;
    private Cuttlestore<byte[]> source;
    private Cuttlestore<byte[]> target;

    @BeforeEach
    void open() {
        from = kind.url(folder, "source");
        to = TestStore.SQLITE.url(folder, "target");
        source = Cuttlestore.open(from, byte[].class);
        target = Cuttlestore.open(to, byte[].class);
    }

    @AfterEach
    void close() {
        source.close();
        target.close();
    }

    @Test
    void copiesValuesAndDeadlines() {
        Instant deadline = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);
        source.put("never", BINARY);
        source.put("later", BINARY, PutOptions.expireAt(deadline));
        source.put("n:key", BINARY, PutOptions.ttlSeconds(60));
        Result result = cuttle("copy", from, to, "--verify");
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("copied 3 entries in "),
                        line -> assertThat(line).isEqualTo("verified 3 entries: 0 differ"));
        assertThat(target.get("never")).contains(BINARY);
        assertSameDeadlines();
        assertThat(target.entry("never").flatMap(Entry::expiresAt)).isEmpty();
    }

    @Test
    void copiesManyPagesOfEntriesWithADeadlineEach() {
        IntStream.range(0, 1_700).forEach(i -> source.put("key-" + i, value(i), PutOptions.ttlSeconds(100 + i)));
        assertThat(cuttle("copy", from, to, "--verify").out()).contains("verified 1,700 entries: 0 differ");
        assertSameDeadlines();
    }

    /** Redis before 7 tells only the time that is left, so that its deadlines may be a millisecond off. */
    private void assertSameDeadlines() {
        Map<String, Optional<Instant>> wanted = deadlines(source);
        assertThat(deadlines(target)).hasSameSizeAs(wanted).allSatisfy((key, copied) -> {
            Optional<Instant> original = wanted.get(key);
            assertThat(copied.isPresent()).isEqualTo(original.isPresent());
            copied.ifPresent(at -> assertThat(at).isCloseTo(original.orElseThrow(), within(1, ChronoUnit.MILLIS)));
        });
    }

    @Test
    void copiesOnlyWhatHasThePrefix() {
        source.put("a:1", BINARY);
        source.put("b:1", BINARY);
        cuttle("copy", from, to, "--prefix", "a:");
        assertThat(keys(target)).containsExactly("a:1");
    }

    @Test
    void copyingAgainChangesNothingAndLeavesWhatOnlyTheTargetHas() {
        source.put("key", BINARY);
        target.put("other", BINARY);
        cuttle("copy", from, to);
        assertThat(cuttle("copy", from, to, "--verify").exitCode()).isZero();
        assertThat(keys(target)).containsExactly("key", "other");
    }

    @Test
    void resumesBehindTheCursor() {
        IntStream.range(0, 1_000).forEach(i -> source.put("key-" + i, value(i)));
        Page<byte[]> first = source.page(ScanOptions.all().pageSize(500));
        String cursor = first.next().orElseThrow().toString();
        assertThat(cuttle("copy", from, to, "--resume", cursor).exitCode()).isZero();
        assertThat(keys(target)).hasSize(1_000 - first.entries().size());
        assertThat(first.entries()).noneMatch(entry -> target.contains(entry.key()));
    }

    @Test
    void refusesToCopyAStoreToItself() {
        Result result = cuttle("copy", from, from);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .contains("FROM and TO are one store", source.connection().location());
    }

    @Test
    void findsChangedValuesAndDeadlinesAndMissingEntries() {
        source.put("same", BINARY);
        source.put("value", BINARY);
        source.put("deadline", BINARY, PutOptions.ttlSeconds(60));
        source.put("missing", BINARY);
        Map.of("same", BINARY, "value", new byte[] {1}, "deadline", BINARY).forEach(target::put);
        Verification verification = new Verification(source, target, System.err);
        verification.run(ScanOptions.all(), Progress.of(silent(), "verify", () -> 0));
        assertThat(verification.compared()).isEqualTo(4);
        assertThat(verification.differences()).isEqualTo(3);
    }

    @Test
    void whatIsAboutToExpireIsNoDifference() {
        source.put("key", BINARY, PutOptions.ttl(Duration.ofMillis(900)));
        Verification verification = new Verification(source, target, System.err);
        verification.run(ScanOptions.all(), Progress.of(silent(), "verify", () -> 0));
        assertThat(verification.differences()).isZero();
    }

    @Test
    void showsProgressOnATerminal() {
        IntStream.range(0, 10).forEach(i -> source.put("key-" + i, value(i)));
        assertThat(Invocation.onTerminal().run("copy", from, to).err())
                .contains("copy", "10/10", "100%", "/s")
                .doesNotContain("/s/s");
    }

    private static Shell silent() {
        return new Shell(Map.of(), System.in, System.out, System.err, false, false);
    }

    private static byte[] value(int i) {
        return ("value " + i).getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, Optional<Instant>> deadlines(Cuttlestore<byte[]> store) {
        try (Stream<Entry<byte[]>> entries = store.scan()) {
            return entries.collect(Collectors.toMap(Entry::key, Entry::expiresAt));
        }
    }

    private static List<String> keys(Cuttlestore<byte[]> store) {
        try (Stream<String> keys = store.keys(ScanOptions.all())) {
            return keys.sorted().toList();
        }
    }
}
