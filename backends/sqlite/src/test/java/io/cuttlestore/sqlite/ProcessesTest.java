package io.cuttlestore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.Cuttlestore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several processes on one file. */
class ProcessesTest extends SqliteTest {
    private static final int PROCESSES = 4;
    private static final int ROUNDS = 250;
    private static final int LARGE = 24 << 20;

    /** The keys of one chunk of {@code putAll}. */
    private static final List<String> BATCH =
            IntStream.range(0, 1_000).mapToObj(i -> "k" + i).toList();

    /** Lets a child process write files of 10 or 20 MB, as shells count, and then reports errors of the disk. */
    private static final List<String> BREAKING_DISK = List.of("sh", "-c", "ulimit -f 20000; exec \"$@\"", "sh");

    /** What a child process does: waits for a line, then works on the store. */
    static final class Child {
        public static void main(String[] arguments) throws IOException {
            System.out.println("ready");
            System.in.read();
            try (Cuttlestore<Integer> store = Cuttlestore.open(arguments[1], Integer.class)) {
                switch (arguments[0]) {
                    case "compete" -> compete(store);
                    case "acknowledge" -> acknowledge(store);
                    case "batches" -> batches(store);
                    case "fail" -> fail(store.connection().store(String.class));
                    default -> throw new IllegalArgumentException(arguments[0]);
                }
            }
        }

        private static void compete(Cuttlestore<Integer> store) {
            int won = 0;
            for (int i = 0; i < ROUNDS; i++) {
                won += store.putIfAbsent("once" + i, 1) ? 1 : 0;
                store.update("counter", count -> Optional.of(count.orElse(0) + 1));
                store.put("contended", i);
            }
            System.out.println(won);
        }

        private static void fail(Cuttlestore<String> store) {
            store.put("k", "old");
            try {
                store.put("k", "x".repeat(LARGE));
                System.out.println("written");
            } catch (RuntimeException e) {
                System.out.println(e.getClass().getSimpleName());
            }
            store.put("other", "goes on");
            System.out.println(store.get("k").orElse("lost"));
        }

        private static void acknowledge(Cuttlestore<Integer> store) {
            for (int i = 0; ; i++) {
                store.put("k" + i, i);
                System.out.println(i);
            }
        }

        private static void batches(Cuttlestore<Integer> store) {
            for (int i = 0; ; i++) {
                int round = i;
                store.putAll(BATCH.stream().collect(Collectors.toMap(Function.identity(), key -> round)));
                System.out.println(i);
            }
        }
    }

    private record Running(Process process, BufferedReader output) {
        static Running start(List<String> wrapper, String work, String url, Path errors) throws IOException {
            List<String> command = new ArrayList<>(wrapper);
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-cp", System.getProperty("java.class.path"), Child.class.getName(), work, url));
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                    .start();
            Running running = new Running(process, process.inputReader());
            assertThat(running.output.readLine()).isEqualTo("ready");
            return running;
        }

        void go() {
            new PrintStream(process.getOutputStream(), true).println();
        }
    }

    private Running start(String work, String... wrapper) throws IOException {
        return Running.start(List.of(wrapper), work, url() + "?timeout=60s", folder.resolve("errors.txt"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void processesThatRaceToMakeAndUseAStoreLoseNothing(boolean emptyFileIsThere) throws Exception {
        if (emptyFileIsThere) {
            Files.createFile(file());
        }
        List<Running> children = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            children.add(start("compete"));
        }
        children.forEach(Running::go);
        int won = 0;
        for (Running child : children) {
            won += Integer.parseInt(child.output.readLine());
            assertThat(child.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(child.process.exitValue()).isZero();
        }
        assertThat(won).isEqualTo(ROUNDS);
        try (Cuttlestore<Integer> store = Cuttlestore.open(url(), Integer.class)) {
            assertThat(store.get("counter")).hasValue(PROCESSES * ROUNDS);
        }
        assertThat(query(file(), "PRAGMA integrity_check")).isEqualTo("ok");
        assertThat(listing()).containsExactly("app.db", "errors.txt");
    }

    @Test
    void whatWasAcknowledgedSurvivesAKill() throws Exception {
        Running child = start("acknowledge");
        child.go();
        Set<Integer> acknowledged = new HashSet<>();
        while (acknowledged.size() < 500) {
            acknowledged.add(Integer.valueOf(child.output.readLine()));
        }
        child.process.destroyForcibly().waitFor();
        try (Cuttlestore<Integer> store = Cuttlestore.open(url(), Integer.class)) {
            for (int i : acknowledged) {
                assertThat(store.get("k" + i)).hasValue(i);
            }
        }
    }

    @Test
    void anUmaskThatGivesAllAwayChangesNothing() throws Exception {
        Running child = start("acknowledge", "sh", "-c", "umask 000; exec \"$@\"", "sh");
        child.go();
        assertThat(child.output.readLine()).isEqualTo("0");
        for (String name : List.of("app.db", "app.db-wal", "app.db-shm")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                    .as(name)
                    .isEqualTo("rw-------");
        }
        child.process.destroyForcibly().waitFor();
    }

    @Test
    void aBatchIsThereWholeOrNotAtAllAfterAKill() throws Exception {
        for (int kill = 1; kill <= 3; kill++) {
            Running child = start("batches");
            child.go();
            int acknowledged = -1;
            while (acknowledged < 5 * kill) {
                acknowledged = Integer.parseInt(child.output.readLine());
            }
            child.process.destroyForcibly().waitFor();
            try (Cuttlestore<Integer> store = Cuttlestore.open(url(), Integer.class)) {
                Map<String, Integer> found = store.getAll(BATCH);
                assertThat(found).hasSize(BATCH.size());
                assertThat(Set.copyOf(found.values())).hasSize(1);
                assertThat(found.get("k0")).isGreaterThanOrEqualTo(acknowledged);
            }
        }
    }

    @Test
    void anErrorOfTheDiskLeavesTheOutcomeUnknownAndTheStoreWhole() throws Exception {
        Running child = start("fail", BREAKING_DISK.toArray(String[]::new));
        child.go();
        assertThat(child.output.readLine()).isEqualTo("OutcomeUnknownException");
        assertThat(child.output.readLine()).isEqualTo("old");
        assertThat(child.process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        try (Cuttlestore<String> store = Cuttlestore.open(url(), String.class)) {
            assertThat(store.get("k")).hasValue("old");
            assertThat(store.get("other")).hasValue("goes on");
        }
    }
}
