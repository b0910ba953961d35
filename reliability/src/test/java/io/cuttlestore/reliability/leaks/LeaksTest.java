package io.cuttlestore.reliability.leaks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Tally;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Trials of leaks")
class LeaksTest {
    @TempDir
    private Path folder;

    private final List<CuttlestoreConnection> left = new ArrayList<>();
    private int closed;

    @AfterEach
    void close() {
        left.forEach(CuttlestoreConnection::close);
    }

    private void forgetSome(CuttlestoreConnection connection) {
        closed++;
        if (closed % 50 == 0) {
            left.add(connection);
        } else {
            connection.close();
        }
    }

    @Test
    @DisplayName("notice connections that are not closed")
    void notClosed() throws Exception {
        Site site = new Site(folder, new Tally(), true);
        try (Leaks session = new Leaks("sqlite", site, this::forgetSome, Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> session.attempt(1)).hasMessageContaining("the thread cuttlestore");
        }
    }

    @Test
    @DisplayName("notice handles and memory")
    void levels() throws IOException {
        Level before = Level.now();
        Path file = Files.createFile(folder.resolve("file"));
        byte[] memory = new byte[3 << 20];
        try (InputStream open = Files.newInputStream(file)) {
            assertThat(open).isEmpty();
            assertThatThrownBy(() -> Level.now().requireNoMoreThan(before, 2 << 20))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("a handle of " + file)
                    .hasMessageContaining("KiB on the heap");
        }
        assertThat(memory).hasSize(3 << 20);
    }

    @Test
    @DisplayName("notice a thread that has begun where another has ended")
    void inPlaceOfAnother() throws Exception {
        ExecutorService first = Executors.newSingleThreadExecutor();
        first.submit(() -> {}).get();
        Level before = Level.now();
        first.shutdown();
        assertThat(first.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        ExecutorService second = Executors.newSingleThreadExecutor();
        try {
            second.submit(() -> {}).get();
            assertThatThrownBy(() -> Level.now().requireNoMoreThan(before, 2 << 20))
                    .hasMessageContaining("the thread pool-");
        } finally {
            second.shutdown();
        }
    }
}
