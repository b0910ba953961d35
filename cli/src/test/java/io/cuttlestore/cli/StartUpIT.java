package io.cuttlestore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.redis.RedisServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a {@code get} does before it gets. */
class StartUpIT {
    private static final Path SCRIPT = Path.of("../cuttle").toAbsolutePath().normalize();
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    @TempDir
    Path folder;

    @Test
    void aGetLoadsNoClassOfWhatItDoesNotUse() throws Exception {
        assertThat(classesOfGet("sqlite://" + folder.resolve("app.db")))
                .anyMatch(name -> name.startsWith("org.sqlite."))
                .noneMatch(name -> name.startsWith("redis.clients.") || isUnneeded(name));
        assertThat(classesOfGet("filesystem://" + folder.resolve("files")))
                .anyMatch(name -> name.equals("io.cuttlestore.cli.GetCommand"))
                .noneMatch(name -> name.startsWith("org.sqlite.core.") || name.startsWith("redis.clients."))
                .noneMatch(StartUpIT::isUnneeded);
    }

    @Test
    void aGetFromRedisComputesNoDigest() throws Exception {
        String url = "redis://" + RedisServers.standalone().address() + "?namespace=start-up";
        assertThat(classesOfGet(url))
                .anyMatch(name -> name.startsWith("redis.clients."))
                .noneMatch(name -> name.equals("java.security.MessageDigest") || isUnneeded(name));
    }

    private static boolean isUnneeded(String name) {
        return name.startsWith("tools.jackson.")
                || name.startsWith("com.fasterxml.")
                || name.startsWith("me.tongfei.")
                || name.startsWith("org.HdrHistogram.")
                || (name.startsWith("io.cuttlestore.cli.")
                        && name.endsWith("Command")
                        && !List.of("io.cuttlestore.cli.GetCommand", "io.cuttlestore.cli.StoreCommand")
                                .contains(name));
    }

    @Test
    void theScriptUsesTheLibraryOfSqliteThatIsUnpackedAlready() throws Exception {
        String url = filled("sqlite://" + folder.resolve("app.db"));
        Path nowhere = folder.resolve("nowhere");
        Map<String, String> environment = Map.of(
                "JAVA_HOME", System.getProperty("java.home"), "JAVA_TOOL_OPTIONS", "-Dorg.sqlite.tmpdir=" + nowhere);
        assertThat(out(environment, SCRIPT.toString(), "get", url, "key")).isEqualTo("value");
        try (var files = Files.list(TARGET.resolve("native"))) {
            assertThat(files).hasSize(1);
        }
        assertThat(Files.getPosixFilePermissions(TARGET.resolve("native"))).hasSize(3);
    }

    @Test
    void withoutThatLibraryTheDriverUnpacksItsOwn() throws Exception {
        String url = filled("sqlite://" + folder.resolve("app.db"));
        String empty = "-Dorg.sqlite.lib.path=" + Files.createDirectory(folder.resolve("empty"));
        assertThat(out(Map.of(), JAVA.toString(), empty, "-jar", jar(), "get", url, "key"))
                .isEqualTo("value");
    }

    private List<String> classesOfGet(String url) throws IOException, InterruptedException {
        Path log = folder.resolve("classes.log");
        String logging = "-Xlog:class+load:file=" + log + "::filecount=0";
        assertThat(out(Map.of(), JAVA.toString(), logging, "-jar", jar(), "get", filled(url), "key"))
                .isEqualTo("value");
        List<String> names = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            if (line.contains(" source: ")) {
                names.add(line.replaceFirst("^(\\[[^]]*])*\\s*", "").replaceFirst(" .*", ""));
            }
        }
        return names;
    }

    private static String jar() {
        return TARGET.resolve("cuttle.jar").toString();
    }

    private static String filled(String url) {
        try (Cuttlestore<String> store = Cuttlestore.open(url, String.class)) {
            store.put("key", "value");
        }
        return url;
    }

    private String out(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("err")))
                .isZero();
        return out;
    }
}
