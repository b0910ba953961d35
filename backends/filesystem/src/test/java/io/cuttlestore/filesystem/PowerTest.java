package io.cuttlestore.filesystem;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.spi.Backend;
import io.cuttlestore.spi.Call;
import io.cuttlestore.spi.Command;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Delete;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Get;
import io.cuttlestore.spi.Key;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Writes that must survive a power cut")
class PowerTest {
    private static final List<String> KEYS =
            IntStream.range(0, 40).mapToObj(i -> "key" + i).toList();

    private Path temporary;
    private Folder folder;

    @BeforeEach
    void choose(@TempDir Path temporary) throws IOException {
        this.temporary = temporary.toRealPath();
        this.folder = new Folder(this.temporary.resolve("store"));
    }

    /** What the JVM brought onto the disk meanwhile, relative to the folder, in order. */
    private List<String> synced(Runnable work) throws IOException {
        Path file = temporary.resolve("recording");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.FileForce").withoutThreshold();
            recording.start();
            work.run();
            recording.stop();
            recording.dump(file);
        }
        return RecordingFile.readAllEvents(file).stream()
                .sorted(java.util.Comparator.comparing(event -> event.getStartTime()))
                .map(event -> Path.of(event.getString("path")))
                .filter(path -> path.startsWith(folder.path))
                .map(path -> folder.path.relativize(path).toString().replaceAll("\\.[0-9a-f]{8}-.*", "*"))
                .toList();
    }

    private String shard(String key) {
        return folder.path.relativize(folder.file(key).getParent()).toString();
    }

    @Test
    @DisplayName("sync the entry before it is published, and then the folders that got a new name")
    void order() throws IOException {
        try (Backend backend = folder.open("?durability=power")) {
            assertThat(synced(() -> Folder.put(backend, "k", "v")))
                    .containsExactly(".cuttlestore/tmp", shard("k") + "/*", "", shard("k"));
            assertThat(synced(() -> Folder.put(backend, "k", "w"))).containsExactly(shard("k") + "/*", shard("k"));
            assertThat(synced(() -> Folder.delete(backend, "k"))).containsExactly(shard("k"));
            assertThat(synced(() -> Folder.delete(backend, "k"))).isEmpty();
            assertThat(synced(() -> Folder.get(backend, "k"))).isEmpty();
        }
    }

    @Test
    @DisplayName("are not paid for where they need not")
    void process() throws IOException {
        try (Backend backend = folder.open()) {
            assertThat(synced(() -> Folder.put(backend, "k", "v"))).isEmpty();
        }
    }

    @Test
    @DisplayName("sync each folder once a batch, before any is acknowledged")
    void batch() throws IOException {
        try (Backend backend = folder.open("?durability=power")) {
            KEYS.forEach(key -> Folder.put(backend, key, "old"));
            List<Reply<?>> calls = new ArrayList<>();
            KEYS.forEach(key -> calls.add(new Reply<>(Folder.put(key, "new", Expiry.NEVER, Condition.ALWAYS))));
            calls.add(new Reply<>(new Get(Folder.key("key0"), Get.Want.VALUE, Folder.soon())));
            calls.add(new Reply<>(new Delete(Folder.key("key1"), Condition.ALWAYS, false, Folder.soon())));
            Key missing = Folder.key("missing");
            calls.add(new Reply<>(new Get(missing, Get.Want.VALUE, Folder.soon())));
            List<String> synced = synced(() -> backend.executeAll(calls));
            assertThat(calls).allMatch(call -> call.completions == 1 && call.failure == null);
            assertThat(synced.stream().filter(path -> path.endsWith("/*"))).hasSize(KEYS.size());
            assertThat(synced.stream().filter(path -> !path.endsWith("/*")))
                    .containsExactlyInAnyOrderElementsOf(
                            KEYS.stream().map(this::shard).distinct().toList());
            assertThat(synced.subList(0, KEYS.size())).allMatch(path -> path.endsWith("/*"));
            assertThat(Folder.get(backend, "key0")).isEqualTo("new");
            assertThat(Folder.get(backend, "key1")).isNull();
        }
    }

    @Test
    @DisplayName("fail alone in a batch where others succeed")
    void failuresInBatches() throws Exception {
        try (Backend backend = folder.open("?durability=power")) {
            Damage.TEXT.plant(folder, "damaged");
            List<Reply<?>> calls = List.of(
                    new Reply<>(Folder.put("a", "1", Expiry.NEVER, Condition.ALWAYS)),
                    new Reply<>(Folder.put("damaged", "2", Expiry.NEVER, Condition.IF_ABSENT)),
                    new Reply<>(Folder.put("b", "3", Expiry.NEVER, Condition.ALWAYS)));
            backend.executeAll(calls);
            assertThat(calls).extracting(call -> call.failure == null).containsExactly(true, false, true);
            assertThat(calls).allMatch(call -> call.completions == 1);
        }
    }

    private static final class Reply<R> implements Call<R> {
        private final Command<R> command;
        private int completions;
        private CuttlestoreException failure;

        Reply(Command<R> command) {
            this.command = command;
        }

        @Override
        public Command<R> command() {
            return command;
        }

        @Override
        public void complete(R reply) {
            completions++;
        }

        @Override
        public void fail(CuttlestoreException e) {
            completions++;
            failure = e;
        }
    }
}
