package io.cuttlestore.cli;

import static io.cuttlestore.cli.Invocation.cuttle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Entry;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.cli.Invocation.Result;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Writing a store out and reading it in again, on each kind of store. */
@ParameterizedClass
@EnumSource(TestStore.class)
class ExportImportTest {
    private static final byte[] BINARY = {0, (byte) 0xff, '\n', (byte) 0x80};
    private static final Instant DEADLINE = Instant.parse("2100-01-01T12:00:00.123Z");

    @Parameter
    TestStore kind;

    @TempDir
    Path folder;

    private String url;
    private String otherUrl;
    private Cuttlestore<byte[]> store;
    private Cuttlestore<byte[]> other;

    @BeforeEach
    void open() {
        url = kind.url(folder, "store");
        otherUrl = kind.url(folder, "other");
        store = Cuttlestore.open(url, byte[].class);
        other = Cuttlestore.open(otherUrl, byte[].class);
    }

    @AfterEach
    void close() {
        store.close();
        other.close();
    }

    @Test
    void exportsAnObjectOnEachLine() {
        store.put("text", "line\nline \u0000 \"é\"".getBytes(StandardCharsets.UTF_8), PutOptions.expireAt(DEADLINE));
        store.put("binary\n", BINARY);
        assertThat(cuttle("export", url).out().lines())
                .containsExactlyInAnyOrder(
                        "{\"key\":\"text\",\"value\":\"line\\nline \\u0000 \\\"é\\\"\",\"expiresAt\":\"2100-01-01T12:00:00.123Z\"}",
                        "{\"key\":\"binary\\n\",\"base64\":\"AP8KgA==\"}");
    }

    @Test
    void exportsNothingOfAnEmptyStore() {
        Result result = cuttle("export", url);
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEmpty();
    }

    @Test
    void whatWasExportedIsImportedWithValuesAndDeadlines() {
        store.put("empty", new byte[0]);
        store.put("binary", BINARY, PutOptions.expireAt(DEADLINE));
        store.put("n:k", "\ufeff{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        IntStream.range(0, 1_200)
                .forEach(i -> store.put("key-" + i, new byte[] {(byte) i}, PutOptions.ttlSeconds(60 + i)));
        byte[] exported = cuttle("export", url).bytes();
        assertThat(Invocation.reading(exported).run("import", otherUrl).exitCode())
                .isZero();
        assertThat(sortedValues(cuttle("export", otherUrl))).isEqualTo(sortedValues(cuttle("export", url)));
        assertSameDeadline("binary");
        IntStream.range(0, 1_200).forEach(i -> assertSameDeadline("key-" + i));
    }

    private static List<String> sortedValues(Result export) {
        return sorted(export).stream()
                .map(line -> line.replaceAll(",\"expiresAt\":\"[^\"]*\"", ""))
                .toList();
    }

    /** Redis before 7 tells only the time that is left, so that its deadlines may be a millisecond off. */
    private void assertSameDeadline(String key) {
        assertThat(other.entry(key).flatMap(Entry::expiresAt).orElseThrow())
                .isCloseTo(store.entry(key).flatMap(Entry::expiresAt).orElseThrow(), within(1, ChronoUnit.MILLIS));
    }

    @Test
    void ofAKeyThatOccursTwiceTheLastLineCounts() {
        assertThat(importing(
                                "{\"key\":\"k\",\"value\":\"1\",\"expiresAt\":\"2100-01-01T00:00:00Z\"}\n{\"key\":\"k\",\"value\":\"2\"}")
                        .exitCode())
                .isZero();
        assertThat(store.get("k")).contains(new byte[] {'2'});
        assertThat(store.entry("k").flatMap(Entry::expiresAt)).isEmpty();
    }

    @Test
    void anEntryThatHasExpiredIsNotImported() {
        assertThat(importing("{\"key\":\"k\",\"value\":\"1\",\"expiresAt\":\"2001-01-01T00:00:00Z\"}")
                        .exitCode())
                .isZero();
        assertThat(store.contains("k")).isFalse();
    }

    @Test
    void blankLinesAndWindowsLineEndsAreFine() {
        assertThat(importing("\r\n{\"key\":\"a\",\"value\":\"1\"}\r\n\n  \n{\"key\":\"b\",\"value\":\"2\"}")
                        .exitCode())
                .isZero();
        assertThat(keys()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"key\":\"bad\"                                     | is not valid JSON at column",
                "not json                                             | is not valid JSON at column 1",
                "[1]                                                  | is not a JSON object",
                "{\"key\":\"bad\"}                                    | has neither value nor base64",
                "{\"value\":\"secret\"}                               | has no key",
                "{\"key\":\"bad\",\"value\":7}                        | does not have a string as value",
                "{\"key\":\"bad\",\"value\":\"secret\",\"base64\":\"AA==\"} | has both value and base64",
                "{\"key\":\"bad\",\"base64\":\"secret*\"}             | is not valid JSON at column",
                "{\"key\":\"bad\",\"value\":\"secret\",\"ttl\":\"5s\"} | has an unknown property 'ttl'",
                "{\"key\":\"bad\",\"key\":\"bad\",\"value\":\"\"}     | is not valid JSON at column",
                "{\"key\":\"bad\",\"value\":\"secret\",\"expiresAt\":\"soon\"} | does not have an instant",
                "{\"key\":\"bad\",\"value\":\"secret\"} more          | is not valid JSON at column",
                "{\"key\":\"bad\",\"value\":\"secret\"} {}            | goes on behind its JSON object",
                "{\"key\":\"\",\"value\":\"secret\"}                  | has a key of 0 bytes",
                "{\"key\":\"\\ud800\",\"value\":\"secret\"}           | has an unpaired surrogate in its key",
                "{\"key\":\"bad\",\"value\":\"secret\\udc00\"}        | has an unpaired surrogate in its value"
            })
    void aLineThatIsWrongEndsTheImportWithoutSilence(String line, String problem) {
        Result result = importing("{\"key\":\"a\",\"value\":\"1\"}\n{\"key\":\"b\",\"value\":\"2\"}\n" + line
                + "\n{\"key\":\"c\",\"value\":\"3\"}\n");
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err())
                .startsWith("cuttle: line 3 " + problem)
                .endsWith("; the 2 entries before it are imported, none behind it\n")
                .doesNotContain("secret")
                .hasLineCount(1);
        assertThat(keys()).isEqualTo(2);
    }

    @Test
    void aLineWithoutEndIsRefusedBeforeItFillsTheMemory() {
        BoundedLines lines = new BoundedLines(new ByteArrayInputStream(new byte[100]), 10);
        assertThatThrownBy(lines::next)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is longer than 10 bytes");
    }

    private Result importing(String lines) {
        return Invocation.reading(lines).run("import", url);
    }

    private long keys() {
        try (Stream<String> keys = store.keys(ScanOptions.all())) {
            return keys.count();
        }
    }

    private static List<String> sorted(Result exported) {
        return exported.out().lines().sorted().toList();
    }
}
