package io.cuttlestore.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.BatchException;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreFullException;
import io.cuttlestore.StoreUnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.FlushOptions;

/** Other processes, ends without warning, damaged files and full disks. */
class FailureTest extends RocksDbTest {
    private static final int BATCH = 1_000;

    /** What a child process does: opens the store, and puts batches until it is killed. */
    static final class Child {
        public static void main(String[] arguments) {
            try (Cuttlestore<Integer> store = Cuttlestore.open(arguments[0], Integer.class)) {
                for (int round = 0; ; round++) {
                    store.putAll(batch(round));
                    System.out.println(round);
                }
            } catch (CuttlestoreException e) {
                System.out.println(e.getClass().getSimpleName() + ": " + e.getMessage());
            }
        }
    }

    private static Map<String, Integer> batch(int round) {
        Map<String, Integer> entries = new HashMap<>();
        for (int i = 0; i < BATCH; i++) {
            entries.put("k" + i, round);
        }
        return entries;
    }

    private record Running(Process process, BufferedReader output) implements AutoCloseable {
        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        @Override
        public void close() throws InterruptedException {
            kill();
        }
    }

    private Running start() throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")),
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                url() + "?timeout=60s");
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("errors.txt").toFile()))
                .start();
        return new Running(process, process.inputReader());
    }

    @Test
    void aStoreThatAnotherProcessHasOpenIsRefusedUntilThatEnds() throws Exception {
        try (Running child = start()) {
            assertThat(child.output.readLine()).isEqualTo("0");
            assertThatThrownBy(() -> Cuttlestore.open(url(), Integer.class))
                    .isInstanceOfSatisfying(
                            StoreUnavailableException.class,
                            e -> assertThat(e.isTransient()).isTrue())
                    .hasMessageContaining("another process has it open")
                    .hasMessageContaining(database().toString());
            child.kill();
            Cuttlestore.open(url(), Integer.class).close();
        }
    }

    @Test
    void aStoreThatThisProcessHasOpenIsRefusedToAnother() throws Exception {
        try (Cuttlestore<Integer> store = Cuttlestore.open(url(), Integer.class);
                Running child = start()) {
            assertThat(child.output.readLine()).startsWith("StoreUnavailableException: ");
            store.put("k", 1);
        }
    }

    @Test
    void anAcknowledgedBatchIsThereWholeAfterAKill() throws Exception {
        for (int kill = 1; kill <= 3; kill++) {
            int acknowledged = -1;
            try (Running child = start()) {
                while (acknowledged < 5 * kill) {
                    acknowledged = Integer.parseInt(child.output.readLine());
                }
            }
            try (Cuttlestore<Integer> store = Cuttlestore.open(url(), Integer.class)) {
                Map<String, Integer> found = store.getAll(batch(0).keySet());
                assertThat(found).hasSize(BATCH);
                assertThat(found.values()).containsOnly(found.get("k0"));
                assertThat(found.get("k0")).isGreaterThanOrEqualTo(acknowledged);
            }
        }
    }

    private static String value(int i) {
        return "value of " + i + " ".repeat(100);
    }

    private void fill() {
        try (Cuttlestore<String> store = Cuttlestore.open(url(), String.class)) {
            for (int i = 0; i < BATCH; i++) {
                store.put("k" + i, value(i));
            }
        }
    }

    private static void turnBits(Path file, int from, Random random) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[from + random.nextInt(bytes.length - from)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
    }

    /** What a store with damaged files says: the right values, or that it is damaged. */
    private int countErrors() {
        int errors = 0;
        try (Cuttlestore<String> store = Cuttlestore.open(url(), String.class)) {
            for (int i = 0; i < BATCH; i++) {
                try {
                    assertThat(store.get("k" + i)).hasValue(value(i));
                } catch (StoreFailedException e) {
                    assertThat(e).hasMessageContaining("damaged");
                    errors++;
                }
            }
        } catch (StoreFailedException e) {
            assertThat(e).hasMessageContaining("damaged");
            errors++;
        }
        return errors;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aBitThatTurnedInATableIsAnErrorOrDoesNotMatter(long seed) throws Exception {
        fill();
        asAnother(database(), FAMILIES, (rocks, families) -> {
            try (FlushOptions options = new FlushOptions()) {
                rocks.flush(options, families);
            }
        });
        Path table = files(database(), ".sst").stream()
                .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                .orElseThrow();
        turnBits(table, 0, new Random(seed));
        countErrors();
    }

    @Test
    void aTableFullOfOtherBytesIsAnError() throws Exception {
        fill();
        Cuttlestore.open(url(), String.class).close(); // which brings the log into a table
        for (Path table : files(database(), ".sst")) {
            byte[] bytes = Files.readAllBytes(table);
            for (int i = 100; i < bytes.length - 200; i += 100) {
                bytes[i] ^= 1;
            }
            Files.write(table, bytes);
        }
        assertThat(countErrors()).isPositive();
    }

    @Test
    void damageInTheMiddleOfTheLogIsAnErrorNotItsEnd() throws Exception {
        fill();
        Path log = files(database(), ".log").stream()
                .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length / 2] ^= 1;
        Files.write(log, bytes);
        assertThat(countErrors()).isPositive();
    }

    @Test
    void aTableThatIsMissingIsAnError() throws Exception {
        fill();
        Cuttlestore.open(url(), String.class).close();
        for (Path table : files(database(), ".sst")) {
            Files.delete(table);
        }
        assertThat(countErrors()).isPositive();
    }

    @Test
    void aLogThatEndsInTheMiddleOfAWriteIsWhole() throws Exception {
        fill();
        Path log = files(database(), ".log").stream()
                .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(bytes, bytes.length - 10));
        try (Cuttlestore<String> store = Cuttlestore.open(url(), String.class)) {
            assertThat(store.get("k" + (BATCH - 2))).hasValue(value(BATCH - 2));
            assertThat(store.get("k" + (BATCH - 1)))
                    .as("the write that was cut off")
                    .isEmpty();
        }
    }

    /** Fills a disk to its last byte. */
    private static void fillUp(Path disk) throws IOException {
        try (OutputStream out = Files.newOutputStream(disk.resolve("ballast"))) {
            while (true) {
                out.write(new byte[4096]);
            }
        } catch (IOException full) {
            assertThat(disk.toFile().getUsableSpace()).isZero();
        }
    }

    @Test
    void aFullDiskLosesNothingAndTheStoreGoesOnWhenThereIsRoom() throws Exception {
        byte[] small = {1, 2, 3};
        byte[] large = new byte[4 << 20];
        Arrays.fill(large, (byte) 7);
        try (SmallDisk disk = SmallDisk.mount(Files.createDirectory(folder.resolve("disk")));
                Cuttlestore<byte[]> store =
                        Cuttlestore.open("rocksdb://" + disk.folder() + "/app?memory=8", byte[].class)) {
            store.put("a", small);
            store.put("b", small);
            fillUp(disk.folder());

            assertThatThrownBy(() -> store.put("a", large))
                    .isInstanceOf(StoreFullException.class)
                    .hasMessageContaining("full; make room");
            assertThatThrownBy(() -> store.putIfAbsent("new", large)).isInstanceOf(StoreFullException.class);
            assertThatThrownBy(() -> store.putAll(Map.of("b", large, "c", large)))
                    .isInstanceOfSatisfying(BatchException.class, e -> {
                        assertThat(e.failed()).containsExactlyInAnyOrder("b", "c");
                        assertThat(e.causes().values()).allMatch(StoreFullException.class::isInstance);
                    });
            assertThat(store.get("a")).hasValue(small);
            assertThat(store.get("b")).hasValue(small);
            assertThat(store.contains("new")).isFalse();

            Files.delete(disk.folder().resolve("ballast"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreException(StoreFullException.class)
                    .until(() -> {
                        store.put("a", large);
                        return true;
                    });
            assertThat(store.get("a")).hasValue(large);
        }
    }

    @Test
    void whatCouldNotBeMadeOnAFullDiskIsMadeWhenThereIsRoom() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(Files.createDirectory(folder.resolve("disk")))) {
            String place = "rocksdb://" + disk.folder() + "/app?memory=8";
            fillUp(disk.folder());
            assertThatThrownBy(() -> Cuttlestore.open(place, String.class)).isInstanceOf(StoreFullException.class);
            Files.delete(disk.folder().resolve("ballast"));
            try (Cuttlestore<String> store = Cuttlestore.open(place, String.class)) {
                store.put("k", "v");
                assertThat(store.get("k")).hasValue("v");
            }
        }
    }
}
