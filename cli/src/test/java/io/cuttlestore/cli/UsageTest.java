package io.cuttlestore.cli;

import static io.cuttlestore.cli.Invocation.cuttle;
import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.cli.Invocation.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Help, and what happens when something is wrong: one sentence, the right exit code, no secret. */
class UsageTest {
    @TempDir
    Path folder;

    @Test
    void helpNamesEveryCommandTheExitCodesAndTheVariable() {
        Result result = cuttle("--help");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains(
                        "put", "get", "delete", "touch", "entry", "scan", "copy", "export", "import", "info", "bench",
                        "demo")
                .contains("Exit codes:", "CUTTLESTORE_URL", "${NAME}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "put", "get", "delete", "touch", "entry", "scan", "copy", "export", "import", "info", "bench", "demo"
            })
    void everyCommandHasHelp(String command) {
        Result result = cuttle(command, "--help");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).startsWith("Usage: cuttle " + command);
    }

    @Test
    void helpFitsOnATerminal() {
        assertThat(cuttle("--help").out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void theVersionIsShown() {
        assertThat(cuttle("--version").out()).startsWith("cuttle ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                     | missing command",
                "gte in-memory key                      | unknown command 'gte'; commands are put, get,",
                "get                                    | missing URL",
                "get in-memory                          | missing KEY: [URL] KEY is expected",
                "put in-memory key                      | missing VALUE",
                "delete in-memory                       | missing KEY",
                "get in-memory a b                      | too many arguments",
                "info in-memory a                       | too many arguments",
                "get in-memory key --jsno               | unknown option --jsno",
                "touch in-memory key                    | missing required option: '--ttl=TIME'",
                "touch in-memory key --ttl 5            | invalid value for option '--ttl': '5' is not a duration",
                "put in-memory key value --ttl 0s       | a time to live must be more than nothing",
                "scan in-memory --limit 0               | --limit must be at least 1",
                "scan in-memory --limit many            | invalid value for option '--limit'",
                "bench in-memory --threads 0            | --threads and --keys must be at least 1",
                "copy in-memory                         | missing required parameter: 'TO'",
                "copy in-memory in-memory in-memory     | too many arguments (see cuttle copy --help)",
                "demo in-memory                         | too many arguments (see cuttle demo --help)",
                "copy in-memory in-memory --resume ?    | '?' is not a cursor",
                "get in-memoryy key                     | did you mean 'in-memory'?",
                "get rediz://localhost key              | did you mean 'redis'?",
                "get sqlite://./x.db?durabilty=power k  | did you mean 'durability'?",
                "get sqlite: key                        | sqlite",
                "get in-memory key --namespace=         | a namespace must not be empty",
            })
    void misuseIsExitCodeTwoAndOneSentence(String line, String sentence) {
        Result result = cuttle(line.isEmpty() ? new String[0] : line.split(" "));
        assertThat(result.err()).startsWith("cuttle: ").contains(sentence).hasLineCount(1);
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
    }

    @Test
    void anEmptyKeyIsMisuse() {
        Result result = cuttle("get", "in-memory", "");
        assertThat(result.err()).isEqualTo("cuttle: a key must not be empty\n");
        assertThat(result.exitCode()).isEqualTo(2);
    }

    @Test
    void aStoreThatDoesNotAnswerIsExitCodeThree() throws IOException {
        Result result = cuttle("get", "redis://127.0.0.1:" + freePort(), "key");
        assertThat(result.err()).startsWith("cuttle: ").contains("127.0.0.1").hasLineCount(1);
        assertThat(result.exitCode()).isEqualTo(3);
    }

    @Test
    void anythingElseIsExitCodeFour() throws IOException {
        Path notADatabase = Files.writeString(folder.resolve("text.db"), "This is no database. ".repeat(100));
        Result result = cuttle("get", "sqlite://" + notADatabase, "key");
        assertThat(result.err()).startsWith("cuttle: ").contains("text.db").hasLineCount(1);
        assertThat(result.exitCode()).isEqualTo(4);
    }

    @Test
    void aStackTraceIsShownOnRequestOnly() throws IOException {
        String url = "redis://127.0.0.1:" + freePort();
        assertThat(cuttle("get", url, "key").err()).doesNotContain("\tat ");
        assertThat(cuttle("get", url, "key", "--verbose").err()).contains("\tat io.cuttlestore.");
        assertThat(cuttle("--verbose", "get", url, "key").err()).contains("\tat io.cuttlestore.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "get redis://agent:hunter2@127.0.0.1:1 key --verbose",
                "get redis://127.0.0.1:1?username=agent&password=hunter2 key --verbose",
                "get redis://agent:hunter2@127.0.0.1:1 key --unknown",
                "get redis://agent:hunter2@127.0.0.1:1 key more",
                "redis://agent:hunter2@127.0.0.1:1 get key",
                "get --url=redis://agent:hunter2@127.0.0.1:1 key",
                "get redis://agent:hunter2@127.0.0.1:1/x/y key --verbose",
                "get redis://agent:hunter2@127.0.0.1:99999 key --verbose",
                "get redis://agent:hunter2@127.0.0.1:1?pasword=hunter2 key --verbose",
                "get redsi://agent:hunter2@127.0.0.1:1 key --verbose",
                "info redis://agent:hunter2@127.0.0.1:1 --verbose",
                "copy redis://agent:hunter2@127.0.0.1:1 redis://agent:hunter2@127.0.0.1:1 --verbose",
                "copy in-memory redis://agent:hunter2@127.0.0.1:1 in-memory",
                "get hunter2@127.0.0.1:1 key --verbose",
                "hunter2@127.0.0.1:1 get key",
                "redis:agent:hunter2@127.0.0.1:1 get key",
                "redis:agent:hunter2@127.0.0.1:1",
                "redis://127.0.0.1:1?password=hunter2 get key",
                "touch in-memory key --ttl redis://agent:hunter2@127.0.0.1:1",
                "touch in-memory key --ttl=redis://agent:hunter2@127.0.0.1:1",
                "touch in-memory key --ttl redis://agent:hunter2",
                "touch in-memory key --ttl agent:hunter2%40127.0.0.1:1",
                "redis:agent:hunter2%40127.0.0.1:1 get key",
                "get redis://agent:hunter2%40127.0.0.1:1 key --verbose",
                "get redis://127.0.0.1:1?password=x&hunter2=y key --verbose",
                "get redis://hunter2@127.0.0.1:1 key --verbose",
                "scan --limit redis://agent:hunter2@127.0.0.1:1",
                "scan --limit=redis://127.0.0.1:1?password=hunter2",
                "copy in-memory in-memory --resume redis://agent:hunter2@127.0.0.1:1",
                "bench --threads redis://agent:hunter2@127.0.0.1:1",
                "touch redis://agent:hunter2@127.0.0.1:1 key",
                "scan redis://agent:hunter2@127.0.0.1:1 --limit many",
                "copy redis://agent:hunter2@127.0.0.1:1",
                "copy redis://agent:hunter2@127.0.0.1:1 in-memory --verbose",
                "export redis://agent:hunter2@127.0.0.1:1 --verbose",
                "import redis://agent:hunter2@127.0.0.1:1 --verbose",
                "bench redis://agent:hunter2@127.0.0.1:1 --verbose",
                "scan redis://agent:hunter2@127.0.0.1:1 --verbose",
                "demo redis://agent:hunter2@127.0.0.1:1",
                "--verbose redis://agent:hunter2@127.0.0.1:1"
            })
    void noMessageHoldsAPassword(String line) {
        Result result = cuttle(line.split(" "));
        assertThat(result.exitCode()).isNotZero();
        assertThat(result.out() + result.err()).isNotEmpty().doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://agent:hunter2@127.0.0.1:1",
                "redis://127.0.0.1:1?username=agent&password=hunter2",
                "redis://agent:hun%74er2@127.0.0.1:1",
                "redis://agent:hunter2@127.0.0.1:1/x/y",
                "redis://agent:hunter2@127.0.0.1:99999",
                "redis://agent:hunter2@127.0.0.1:1?pasword=hunter2",
                "redis://agent:hunter2/hunter2@127.0.0.1:1",
                "redis://agent:hunter2?hunter2@127.0.0.1:1",
                "redis://agent:hunter2#hunter2@127.0.0.1:1",
                "redis://agent:hunter2@hunter2@127.0.0.1:1",
                "redis://agent:hunter2%40127.0.0.1:1",
                "redis://127.0.0.1:1?password=hunter2&hunter2=hunter2",
                "redis://hunter2@127.0.0.1:1",
                "redsi://agent:hunter2@127.0.0.1:1",
                "redis:agent:hunter2@127.0.0.1:1",
                "hunter2@127.0.0.1:1",
                "redis+sentinel://127.0.0.1:1/main?sentinel-password=hunter2",
                "rediss://agent:hunter2@127.0.0.1:1?ca=/no/such/file",
                "sqlite://./x.db?password=hunter2"
            })
    void noCommandShowsThePasswordOfTheVariable(String url) {
        for (String line : List.of(
                "put key value",
                "get key",
                "get key more",
                "get",
                "delete key",
                "touch key --ttl 1s",
                "touch key",
                "entry key",
                "scan",
                "scan --limit many",
                "info",
                "export",
                "import",
                "bench",
                "nonsense",
                "get key --unknown")) {
            String[] verbose = (line + " --verbose").split(" ");
            Result result = Invocation.with(Arguments.URL_VARIABLE, url).run(verbose);
            assertThat(result.exitCode()).as(line).isNotZero();
            assertThat(result.out() + result.err()).as(line).isNotEmpty().doesNotContain("hunter2", "hun%74er2");
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
