package io.cuttlestore.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.redis.RedisServers;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tool as a user has it: the script {@code cuttle} in a process of its own, with pipes and signals. */
class LauncherIT {
    private static final Path SCRIPT = Path.of("../cuttle").toAbsolutePath().normalize();
    private static final byte[] BINARY = {0, (byte) 0xff, '\n', 13, (byte) 0x80, 27};

    @TempDir
    Path folder;

    private record Result(int exitCode, byte[] out, String err) {
        String text() {
            return new String(out, StandardCharsets.UTF_8);
        }
    }

    @Test
    void bytesPassThroughPipesAsTheyAre() throws Exception {
        assertThat(run(BINARY, "put", "sqlite://./app.db", "key", "-").exitCode())
                .isZero();
        Result result = cuttle("get", "sqlite://./app.db", "key");
        assertThat(result.out()).isEqualTo(BINARY);
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void pathsAreRelativeToTheFolderOfTheCaller() throws Exception {
        cuttle("put", "sqlite://./app.db", "key", "value");
        cuttle("put", "filesystem://./files", "key", "value");
        assertThat(folder.resolve("app.db")).isRegularFile();
        assertThat(folder.resolve("files")).isDirectory();
    }

    @Test
    void argumentsKeepTheirSpacesQuotesAndUnicode() throws Exception {
        String key = "a  b'c\"d$HOME`e`*\\ é 🐙\n";
        cuttle("put", "filesystem://./files", key, "val ue\n");
        Result result = cuttle("get", "filesystem://./files", key);
        assertThat(result.text()).isEqualTo("val ue\n");
    }

    @Test
    void unicodeNeedsNoUtf8Locale() throws Exception {
        Process put = start(Map.of("LC_ALL", "C"), "put", "filesystem://./files", "é", "ö");
        assertThat(put.waitFor()).isZero();
        assertThat(cuttle("get", "filesystem://./files", "é").text()).isEqualTo("ö");
    }

    @Test
    void worksThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), SCRIPT);
        Path second = Files.createSymbolicLink(folder.resolve("second"), Path.of("link"));
        Process process = new ProcessBuilder(second.toString(), "--version")
                .directory(folder.toFile())
                .start();
        assertThat(finish(process).text()).startsWith("cuttle ");
        assertThat(link).isSymbolicLink();
    }

    @Test
    void exitCodesReachTheShell() throws Exception {
        assertThat(cuttle("get", "in-memory", "absent")).satisfies(result -> {
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.text() + result.err()).isEmpty();
        });
        assertThat(cuttle("nonsense").exitCode()).isEqualTo(2);
        assertThat(cuttle("get", "redis://127.0.0.1:1", "key").exitCode()).isEqualTo(3);
        Files.writeString(folder.resolve("text.db"), "This is no database. ".repeat(100));
        assertThat(cuttle("get", "sqlite://./text.db", "key").exitCode()).isEqualTo(4);
    }

    @Test
    void nothingButOneSentenceReachesStandardError() throws Exception {
        for (String url : List.of("sqlite://./app.db", "filesystem://./files", redis())) {
            assertThat(cuttle("put", url, "key", "value").err()).isEmpty();
            assertThat(cuttle("info", url).err()).isEmpty();
        }
        assertThat(cuttle("get", "redis://127.0.0.1:1", "key").err())
                .startsWith("cuttle: ")
                .hasLineCount(1);
    }

    @Test
    void aReaderThatLeavesEarlyIsNoError() throws Exception {
        try (Cuttlestore<byte[]> store = Cuttlestore.open("sqlite://" + folder.resolve("app.db"), byte[].class)) {
            IntStream.range(0, 2_000).forEach(i -> store.put("key-" + i, new byte[1_000]));
        }
        Process process = new ProcessBuilder("sh", "-c", "'" + SCRIPT + "' scan sqlite://./app.db | head -c 10")
                .directory(folder.toFile())
                .start();
        Result result = finish(process);
        assertThat(result.text()).startsWith("key-");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void aPasswordInTheEnvironmentShowsInNoArgumentList() throws Exception {
        String url = "redis://" + RedisServers.USER + ":${SECRET}@"
                + RedisServers.acl().address();
        for (String[] arguments :
                List.of(new String[] {"put", url, "launcher", "-"}, new String[] {"put", "launcher", "-"})) {
            Process process = start(Map.of("SECRET", RedisServers.PASSWORD, "CUTTLESTORE_URL", url), arguments);
            await().until(() -> isJava(process));
            assertThat(process.info().commandLine().orElseThrow())
                    .contains("cuttle.jar", "launcher")
                    .doesNotContain(RedisServers.PASSWORD);
            try (OutputStream in = process.getOutputStream()) {
                in.write(BINARY);
            }
            Result result = finish(process);
            assertThat(result.err()).isEmpty();
            assertThat(result.exitCode()).isZero();
        }
    }

    @Test
    void thePasswordOfTheVariableIsInNoArgumentListAndNoFile() throws Exception {
        cuttle("--version"); // which makes the tool ready, if it is not
        String url = "redis://" + RedisServers.USER + ":" + RedisServers.ENCODED_PASSWORD + "@"
                + RedisServers.acl().address();
        Path home = Files.createDirectory(folder.resolve("home"));
        Map<String, String> environment = Map.of(
                "CUTTLESTORE_URL", url,
                "HOME", home.toString(),
                "HISTFILE", home.resolve("history").toString(),
                "TMPDIR", home.toString(),
                "JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + home);
        for (String line : List.of("put key -", "info", "get absent --verbose", "scan", "export", "get key more")) {
            Process process = start(environment, line.split(" "));
            Set<String> commands = new HashSet<>();
            await().pollInterval(Duration.ofMillis(2)).until(() -> {
                Stream.concat(Stream.of(process.toHandle()), process.toHandle().descendants())
                        .forEach(one -> one.info().commandLine().ifPresent(commands::add));
                return isJava(process) || !process.isAlive();
            });
            process.getOutputStream().close();
            Result result = finish(process);
            assertThat(commands).as(line).isNotEmpty();
            assertThat(commands + result.text() + result.err())
                    .as(line)
                    .doesNotContain(RedisServers.PASSWORD, RedisServers.ENCODED_PASSWORD);
        }
        for (Path place : List.of(folder, SCRIPT.resolveSibling("cli/target"))) {
            assertThat(filesWith(place, RedisServers.ENCODED_PASSWORD)).isEmpty();
        }
    }

    /** The files that were written within the last minutes and hold a text. */
    private static List<Path> filesWith(Path place, String text) throws IOException {
        long since = System.currentTimeMillis() - Duration.ofMinutes(10).toMillis();
        try (Stream<Path> files = Files.walk(place)) {
            return files.filter(
                            file -> Files.isRegularFile(file) && file.toFile().lastModified() > since)
                    .filter(file -> !file.toString().contains("classes")
                            && !file.toString().contains("surefire"))
                    .filter(file -> holds(file, text))
                    .toList();
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aRefusedPasswordIsNotShown() throws Exception {
        String url = "redis://" + RedisServers.USER + ":hunter2@"
                + RedisServers.acl().address();
        Result result = cuttle("get", url, "key", "--verbose");
        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err()).doesNotContain("hunter2");
    }

    @Test
    void benchCleansUpWhenItIsInterrupted() throws Exception {
        try (Cuttlestore<byte[]> store = Cuttlestore.open("sqlite://" + folder.resolve("app.db"), byte[].class)) {
            Process process = start(Map.of(), "bench", "sqlite://./app.db", "--keys", "1000000");
            await().until(() -> keys(store).size() > 100);
            process.toHandle().destroy();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(keys(store)).isEmpty();
        }
    }

    @Test
    void anInterruptedCopyTellsHowToGoOn() throws Exception {
        try (Cuttlestore<byte[]> source = Cuttlestore.open("sqlite://" + folder.resolve("from.db"), byte[].class);
                Cuttlestore<byte[]> target = Cuttlestore.open("filesystem://" + folder.resolve("to"), byte[].class)) {
            IntStream.range(0, 20)
                    .forEach(batch -> source.putAll(IntStream.range(batch * 1_000, (batch + 1) * 1_000)
                            .boxed()
                            .collect(Collectors.toMap(i -> "key-" + i, i -> new byte[10]))));
            Process process = start(Map.of(), "copy", "sqlite://./from.db", "filesystem://./to");
            await().until(() -> keys(target).size() > 1_000);
            process.toHandle().destroy();
            Result interrupted = finish(process);
            assertThat(interrupted.err()).contains("go on with --resume ");
            String cursor = interrupted.err().strip().replaceFirst("(?s).*--resume ", "");
            Result resumed = cuttle("copy", "sqlite://./from.db", "filesystem://./to", "--resume", cursor, "--verify");
            assertThat(resumed.text()).contains("verified 20,000 entries: 0 differ");
        }
    }

    private static boolean isJava(Process process) {
        Optional<String> commandLine = process.info().commandLine();
        return commandLine.isPresent() && commandLine.get().contains("cuttle.jar");
    }

    private static List<String> keys(Cuttlestore<byte[]> store) {
        try (Stream<String> keys = store.keys(ScanOptions.all())) {
            return keys.toList();
        }
    }

    private static String redis() {
        return "redis://" + RedisServers.standalone().address() + "?namespace=launcher";
    }

    private Result cuttle(String... arguments) throws IOException, InterruptedException {
        return run(new byte[0], arguments);
    }

    private Result run(byte[] in, String... arguments) throws IOException, InterruptedException {
        Process process = start(Map.of(), arguments);
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(in);
        }
        return finish(process);
    }

    private Process start(Map<String, String> environment, String... arguments) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(Stream.concat(Stream.of(SCRIPT.toString()), Arrays.stream(arguments))
                        .toList());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder.directory(folder.toFile()).start();
    }

    private static Result finish(Process process) throws IOException, InterruptedException {
        byte[] out = process.getInputStream().readAllBytes();
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out, err);
    }
}
