package io.cuttlestore.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Folders of trials")
class FoldersTest {
    private static final int LISTINGS = 2_000;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("can be listed while files come and go")
    void listing() throws Exception {
        Path kept = Files.writeString(
                Files.createDirectory(folder.resolve("within")).resolve("kept"), "x");
        AtomicBoolean listed = new AtomicBoolean();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<?> comingAndGoing = threads.submit(() -> {
                while (!listed.get()) {
                    Files.delete(Files.createTempFile(folder, "", ""));
                }
                return null;
            });
            for (int i = 0; i < LISTINGS; i++) {
                assertThat(Folders.files(folder)).contains(kept);
            }
            listed.set(true);
            comingAndGoing.get();
        } finally {
            listed.set(true);
            threads.shutdown();
        }
    }
}
