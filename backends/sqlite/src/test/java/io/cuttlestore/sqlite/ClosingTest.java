package io.cuttlestore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.spi.Deadline;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Closing while calls are stuck, as on a disk that does not answer. */
class ClosingTest extends SqliteTest {
    private final CountDownLatch inside = new CountDownLatch(2);
    private final CompletableFuture<String> answer = new CompletableFuture<>();

    private String stuck(Session session) {
        inside.countDown();
        return answer.join();
    }

    @Test
    void closingDoesNotWaitForWhatIsStuckWhichClosesTheFileWhenItEnds() throws Exception {
        Cuttlestore<String> store = Cuttlestore.open(url(), String.class);
        store.put("k", "v");
        Path path = DatabaseFile.named(file().toString()).canonicalPath();
        Engines.Lease lease = Engines.acquire(path, new Settings(Synchronous.PROCESS, 4), Deadline.NONE);
        Engine engine = lease.engine();
        lease.release();
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> engine.read(Deadline.NONE, this::stuck));
        CompletableFuture<String> write = CompletableFuture.supplyAsync(() -> engine.write(Deadline.NONE, this::stuck));
        assertThat(inside.await(5, TimeUnit.SECONDS)).isTrue();

        long begin = System.nanoTime();
        store.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(3_000 + 400));
        assertThatThrownBy(() -> store.get("k")).isInstanceOf(IllegalStateException.class);

        answer.complete("done");
        assertThat(read.get(5, TimeUnit.SECONDS)).isEqualTo("done");
        assertThat(write.get(5, TimeUnit.SECONDS)).isEqualTo("done");
        assertThat(listing()).as("the last session has removed the log").containsExactly("app.db");
    }
}
