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
import java.util.ArrayList;
import java.util.List;
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
        try (Leaks session = new Leaks("sqlite", site, this::forgetSome, 1)) {
            assertThatThrownBy(() -> session.attempt(1))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("threads more");
        }
    }

    @Test
    @DisplayName("notice handles and memory")
    void levels() throws IOException, InterruptedException {
        Level before = Level.now();
        Path file = Files.createFile(folder.resolve("file"));
        byte[] memory = new byte[3 << 20];
        try (InputStream open = Files.newInputStream(file)) {
            assertThat(open).isEmpty();
            assertThat(Level.now().growthSince(before, 2 << 20))
                    .contains("1 file handles more, among them [" + file + "]")
                    .contains("KiB more on the heap");
        }
        assertThat(memory).hasSize(3 << 20);
    }
}
