package io.cuttlestore.reliability.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.reliability.Tally;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Calls that are watched")
class WatchTest {
    private static final Duration TIMEOUT = Duration.ofMillis(100);

    private final Stalls stalls = new Stalls();
    private final Watch watch = new Watch(TIMEOUT, stalls, new Tally());
    private final CuttlestoreConnection connection = CuttlestoreConnection.open("in-memory");
    private final Cuttlestore<String> store = connection.store(String.class);

    @AfterEach
    void close() {
        connection.close();
        stalls.close();
    }

    @Test
    @DisplayName("are those of the store, on both of its faces")
    void passedOn() {
        for (Cuttlestore<String> watched : List.of(watch.over(store), watch.overAsync(store))) {
            watched.put("k", Watch.value("k", "1"));
            assertThat(watched.get("k")).contains(Watch.value("k", "1"));
            assertThat(watched.update("k", seen -> Optional.empty())).isEmpty();
            watched.putAll(java.util.Map.of("k", Watch.value("k", "2")));
            assertThat(watched.page(ScanOptions.all()).entries()).hasSize(1);
        }
        watch.requireNoComplaints();
    }

    @Test
    @DisplayName("are complained about if they return what belongs to another key")
    void foreign() {
        store.put("k", Watch.value("other", "1"));
        for (Cuttlestore<String> watched : List.of(watch.over(store), watch.overAsync(store))) {
            assertForeign(() -> watched.get("k"));
            assertForeign(() -> watched.entry("k"));
            assertForeign(() -> watched.getAll(List.of("k")));
            assertForeign(() -> watched.page(ScanOptions.all()));
        }
    }

    private void assertForeign(Runnable call) {
        call.run();
        assertThatThrownBy(watch::requireNoComplaints).hasMessageContaining("belongs to another");
        watch.requireNoComplaints();
    }

    @Test
    @DisplayName("are complained about if they throw what is not documented")
    void undocumented() {
        assertThatThrownBy(() -> watch.over(store).update("k", seen -> {
                    throw new ArithmeticException();
                }))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(watch::requireNoComplaints).hasMessageContaining("not documented");
    }

    @Test
    @DisplayName("are complained about if they take longer than their timeout, 10 % and what a busy machine takes")
    void late() {
        watch.requireInTime(
                "call", TIMEOUT, System.nanoTime() - Duration.ofMillis(105).toNanos());
        watch.requireNoComplaints();
        watch.requireInTime(
                "call", TIMEOUT, System.nanoTime() - Duration.ofSeconds(10).toNanos());
        assertThatThrownBy(watch::requireNoComplaints).hasMessageContaining("allowed were 110");
    }

    @Test
    @DisplayName("may be late while nobody asks how long they take")
    void untimed() {
        long longAgo = System.nanoTime() - Duration.ofSeconds(10).toNanos();
        watch.untimed(() -> watch.requireInTime("call", TIMEOUT, longAgo));
        watch.requireNoComplaints();
        watch.requireInTime("call", TIMEOUT, longAgo);
        assertThatThrownBy(watch::requireNoComplaints).hasMessageContaining("allowed were 110");
    }
}
