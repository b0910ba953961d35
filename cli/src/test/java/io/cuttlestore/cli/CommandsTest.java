package io.cuttlestore.cli;

import static io.cuttlestore.cli.Invocation.cuttle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.Entry;
import io.cuttlestore.PutOptions;
import io.cuttlestore.cli.Invocation.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The commands on single entries and the scan, on each kind of store. */
@ParameterizedClass
@EnumSource(TestStore.class)
class CommandsTest {
    private static final byte[] BINARY = {0, (byte) 0xff, '\n', 13, (byte) 0x80, 27};

    @Parameter
    TestStore kind;

    @TempDir
    Path folder;

    private String url;
    private Cuttlestore<byte[]> store;

    @BeforeEach
    void open() {
        url = kind.url(folder, "store");
        store = Cuttlestore.open(url, byte[].class);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void putWritesTheArgumentAsUtf8() {
        assertThat(cuttle("put", url, "key", "Grüße").exitCode()).isZero();
        assertThat(store.get("key")).contains("Grüße".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void putSaysNothing() {
        Result result = cuttle("put", url, "key", "value");
        assertThat(result.out() + result.err()).isEmpty();
    }

    @Test
    void putWithADashWritesTheBytesOfStandardInput() {
        assertThat(Invocation.reading(BINARY).run("put", url, "key", "-").exitCode())
                .isZero();
        assertThat(store.get("key")).contains(BINARY);
    }

    @Test
    void putWritesTheEmptyValue() {
        assertThat(cuttle("put", url, "key", "").exitCode()).isZero();
        assertThat(store.get("key")).contains(new byte[0]);
    }

    @Test
    void putWithATimeToLiveSetsADeadline() {
        Instant before = Instant.now();
        assertThat(cuttle("put", url, "key", "value", "--ttl", "60s").exitCode())
                .isZero();
        assertThat(store.entry("key").flatMap(Entry::expiresAt).orElseThrow())
                .isBetween(before.plusSeconds(59), Instant.now().plusSeconds(61));
    }

    @Test
    void putWithoutATimeToLiveClearsTheDeadline() {
        store.put("key", BINARY, PutOptions.ttlSeconds(60));
        assertThat(cuttle("put", url, "key", "value").exitCode()).isZero();
        assertThat(store.entry("key").flatMap(Entry::expiresAt)).isEmpty();
    }

    @Test
    void putIfAbsentWritesOnce() {
        assertThat(cuttle("put", url, "key", "first", "--if-absent").exitCode()).isZero();
        assertThat(cuttle("put", url, "key", "second", "--if-absent").exitCode())
                .isEqualTo(1);
        assertThat(store.get("key")).contains("first".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void putTakesDashedKeysAndValuesBehindTwoDashes() {
        assertThat(cuttle("put", url, "--", "--key", "-5").exitCode()).isZero();
        assertThat(store.get("--key")).contains("-5".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void anArgumentThatBeginsWithAnAtSignIsAKeyAndNoFile() {
        assertThat(cuttle("put", url, "@key", "@value").exitCode()).isZero();
        assertThat(store.get("@key")).contains("@value".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void getPrintsTheVeryBytes() {
        store.put("key", BINARY);
        Result result = cuttle("get", url, "key");
        assertThat(result.exitCode()).isZero();
        assertThat(result.bytes()).isEqualTo(BINARY);
        assertThat(result.err()).isEmpty();
    }

    @Test
    void getOfAnAbsentKeySaysNothing() {
        Result result = cuttle("get", url, "absent");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out() + result.err()).isEmpty();
    }

    @Test
    void getOfAnExpiredKeySaysNothing() {
        cuttle("put", url, "key", "value", "--ttl", "1ms");
        await().pollInterval(Duration.ofMillis(1))
                .untilAsserted(
                        () -> assertThat(cuttle("get", url, "key").exitCode()).isEqualTo(1));
    }

    @Test
    void getOnATerminalIndentsJson() {
        cuttle("put", url, "key", "{\"b\":1.10,\"a\":[1e400,null]}");
        assertThat(Invocation.onTerminal().run("get", url, "key").out())
                .isEqualTo("{\n  \"b\" : 1.10,\n  \"a\" : [ 1E+400, null ]\n}\n");
    }

    @Test
    void getOnATerminalEndsTextWithANewline() {
        cuttle("put", url, "key", "line");
        assertThat(Invocation.onTerminal().run("get", url, "key").out()).isEqualTo("line\n");
    }

    @Test
    void getOnATerminalLetsNoControlCharacterThrough() {
        cuttle("put", url, "key", "a\u001b[2Jb");
        assertThat(Invocation.onTerminal().run("get", url, "key").out()).isEqualTo("a\\x1b[2Jb\n");
    }

    @Test
    void getOnATerminalDescribesWhatIsNoText() {
        store.put("key", BINARY);
        assertThat(Invocation.onTerminal().run("get", url, "key").out()).startsWith("(6 bytes that are not text");
    }

    @Test
    void deleteRemovesAllKeysGiven() {
        store.put("a", BINARY);
        store.put("b", BINARY);
        store.put("c", BINARY);
        assertThat(cuttle("delete", url, "a", "b", "absent").exitCode()).isZero();
        assertThat(List.of(store.contains("a"), store.contains("b"), store.contains("c")))
                .containsExactly(false, false, true);
    }

    @Test
    void touchSetsANewDeadlineAndKeepsTheValue() {
        store.put("key", BINARY);
        assertThat(cuttle("touch", url, "key", "--ttl", "5m").exitCode()).isZero();
        assertThat(store.entry("key").flatMap(Entry::expiresAt).orElseThrow())
                .isBetween(Instant.now().plusSeconds(290), Instant.now().plusSeconds(301));
        assertThat(store.get("key")).contains(BINARY);
    }

    @Test
    void touchOfAnAbsentKeyExitsWithOne() {
        assertThat(cuttle("touch", url, "absent", "--ttl", "5m").exitCode()).isEqualTo(1);
    }

    @Test
    void entryShowsSizeVersionAndExpiry() {
        store.put("key", BINARY, PutOptions.ttl(Duration.ofHours(2).minusSeconds(30)));
        Entry<byte[]> entry = store.entry("key").orElseThrow();
        assertThat(cuttle("entry", url, "key").out())
                .contains("key      key\n", "size     6 bytes\n", "version  " + entry.version() + "\n")
                .contains("expires  " + entry.expiresAt().orElseThrow() + " (in 1 h 59 m)\n");
    }

    @Test
    void entryShowsWhatNeverExpires() {
        store.put("key", BINARY);
        assertThat(cuttle("entry", url, "key").out()).contains("expires  never\n");
    }

    @Test
    void entryPrintsJson() {
        store.put("k\"y", BINARY);
        Entry<byte[]> entry = store.entry("k\"y").orElseThrow();
        assertThat(cuttle("entry", url, "k\"y", "--json").out())
                .isEqualTo("{\"key\":\"k\\\"y\",\"size\":6,\"version\":\"" + entry.version() + "\"}\n");
    }

    @Test
    void entryOfAnAbsentKeyExitsWithOne() {
        Result result = cuttle("entry", url, "absent");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void scanListsKeysAndValues() {
        cuttle("put", url, "a:1", "one");
        cuttle("put", url, "a:2", "two");
        cuttle("put", url, "b:1", "three");
        assertThat(cuttle("scan", url).out().lines()).containsExactlyInAnyOrder("a:1\tone", "a:2\ttwo", "b:1\tthree");
        assertThat(cuttle("scan", url, "--prefix", "a:").out().lines())
                .containsExactlyInAnyOrder("a:1\tone", "a:2\ttwo");
        assertThat(cuttle("scan", url, "--keys").out().lines()).containsExactlyInAnyOrder("a:1", "a:2", "b:1");
        assertThat(cuttle("scan", url, "--limit", "2").out().lines()).hasSize(2);
    }

    @Test
    void scanPrintsAnObjectOnEachLine() {
        store.put("text", "tab\there".getBytes(StandardCharsets.UTF_8));
        store.put("binary", BINARY);
        assertThat(cuttle("scan", url, "--json").out().lines())
                .containsExactlyInAnyOrder(
                        "{\"key\":\"text\",\"value\":\"tab\\there\"}", "{\"key\":\"binary\",\"base64\":\"AP8KDYAb\"}");
        assertThat(cuttle("scan", url, "--json", "--keys", "--prefix", "t").out())
                .isEqualTo("{\"key\":\"text\"}\n");
    }

    @Test
    void scanOnATerminalIsSafeToLookAt() {
        store.put("k\u001b[2J\n", "v\nw".getBytes(StandardCharsets.UTF_8));
        assertThat(Invocation.onTerminal().run("scan", url).out()).isEqualTo("k\\x1b[2J\\n\tv\\nw\n");
        assertThat(Invocation.onTerminal().run("scan", url, "--keys").out()).isEqualTo("k\\x1b[2J\\n\n");
    }

    @Test
    void scanOnATerminalShortensLongValues() {
        cuttle("put", url, "key", "x".repeat(1_000));
        assertThat(Invocation.onTerminal().run("scan", url).out())
                .isEqualTo("key\t" + "x".repeat(200) + "... (1,000 bytes)\n");
    }

    @Test
    void aNamespaceHasKeysOfItsOwn() {
        cuttle("put", url, "key", "inside", "--namespace", "n");
        assertThat(cuttle("get", url, "key").exitCode()).isEqualTo(1);
        assertThat(cuttle("get", url, "key", "--namespace", "n").out()).isEqualTo("inside");
        assertThat(store.get("n:key").map(String::new)).contains("inside");
        assertThat(cuttle("scan", url, "--keys", "--namespace=n").out()).isEqualTo("key\n");
    }

    @Test
    void theEnvironmentMayNameTheStore() {
        Invocation invocation = Invocation.with("CUTTLESTORE_URL", url);
        assertThat(invocation.run("put", "key", "value").exitCode()).isZero();
        assertThat(invocation.run("get", "key").out()).isEqualTo("value");
        assertThat(invocation.run("get", url, "key").out()).isEqualTo("value");
        assertThat(invocation.run("scan", "--keys").out()).isEqualTo("key\n");
        assertThat(invocation.run("delete", "key").exitCode()).isZero();
        assertThat(store.get("key")).isEqualTo(Optional.empty());
    }
}
