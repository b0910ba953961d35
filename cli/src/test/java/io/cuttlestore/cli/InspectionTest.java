package io.cuttlestore.cli;

import static io.cuttlestore.cli.Invocation.cuttle;
import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.cli.Invocation.Result;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The commands about a store as a whole: info, bench, demo. */
class InspectionTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(TestStore.class)
    void infoShowsWhatTheStoreIs(TestStore kind) {
        String url = kind.url(folder, "store");
        try (Cuttlestore<byte[]> store = Cuttlestore.open(url, byte[].class)) {
            Result result = cuttle("info", url);
            assertThat(result.exitCode()).isZero();
            assertThat(result.out().lines().map(line -> line.split(" {2,}")[0]))
                    .containsExactly(
                            "backend",
                            "server",
                            "location",
                            "reachable",
                            "round trip",
                            "durability",
                            "clock",
                            "limits",
                            "native",
                            "emulated",
                            "not supported");
            assertThat(result.out()).contains(store.connection().location());
        }
    }

    @Test
    void infoPrintsJson() {
        assertThat(cuttle("info", "in-memory", "--json").out())
                .startsWith("{\"backend\":\"in-memory\",")
                .contains(
                        "\"reachable\":true",
                        "\"roundTripNanos\":",
                        "\"durability\":\"none\"",
                        "\"conditional\":\"native\"")
                .endsWith("}}\n");
    }

    @ParameterizedTest
    @EnumSource(TestStore.class)
    void benchMeasuresEveryOperationAndLeavesNothing(TestStore kind) {
        String url = kind.url(folder, "store");
        try (Cuttlestore<byte[]> store = Cuttlestore.open(url, byte[].class)) {
            store.put("mine", new byte[0]);
            Result result = cuttle("bench", url, "--threads", "3", "--keys", "250");
            assertThat(result.err()).isEmpty();
            assertThat(result.exitCode()).isZero();
            assertThat(result.out().lines().map(line -> line.split(" {2,}")[0]))
                    .containsExactly(
                            "operation",
                            "put",
                            "overwrite",
                            "get",
                            "get absent",
                            "touch",
                            "delete",
                            "putAll 100",
                            "getAll 100",
                            "deleteAll 100");
            try (Stream<String> keys = store.keys(ScanOptions.all())) {
                assertThat(keys).containsExactly("mine");
            }
        }
    }

    @Test
    void demoShowsTheMessageOnEveryStoreAndThatItIsGone() {
        Result result = cuttle("demo");
        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("in-memory\n", "filesystem:///", "sqlite:///", "redis://localhost:6379");
        assertThat(result.out()
                        .lines()
                        .filter(line -> line.matches("  Gone after \\d+ ms\\."))
                        .count())
                .isGreaterThanOrEqualTo(3);
        assertThat(result.out()).doesNotContain("\u001b");
    }

    @Test
    void demoIsColouredOnATerminalUnlessNoColorIsSet() {
        assertThat(Invocation.onTerminal().run("demo").out()).contains("\u001b[");
        assertThat(Invocation.with("NO_COLOR", "1").andOnTerminal().run("demo").out())
                .doesNotContain("\u001b");
    }
}
