package io.cuttlestore.reliability.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.spi.Layer;
import io.cuttlestore.testkit.History;
import io.cuttlestore.testkit.RecordingStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A write whose reply is lost")
class AtMostOnceTest {
    private static final String KEY = "k";
    private static final Duration WORKS_AGAIN_WITHIN = Duration.ofSeconds(10);

    private final History history = new History();

    /** Writes to an absent key, loses the reply, and reads. */
    private void lose(Fault fault, Layer layer) throws IOException {
        try (Servers servers = Servers.standalone();
                CuttlestoreConnection connection = Cuttlestore.builder(servers.connectionString())
                        .timeout(Lane.TIMEOUT)
                        .layer(layer)
                        .connect()) {
            Cuttlestore<String> store = connection.store(String.class);
            RecordingStore recording = new RecordingStore(store, history);
            recording.put(KEY, Watch.value(KEY, "1"));
            recording.delete(KEY);
            Strike strike = new Strike(fault, Direction.REPLIES, 0, 1, 0, 0);
            servers.expect(strike);
            recording.putIfAbsent(KEY, Watch.value(KEY, "2"));
            assertThat(strike.hasBegun()).isTrue();
            Histories.end(List.of(KEY), store, history, WORKS_AGAIN_WITHIN);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET", "BLACKHOLE", "CUT", "DUPLICATE", "HALF_CLOSE_TO_CLIENT"})
    @DisplayName("is of unknown outcome, and may be found")
    void sentOnce(Fault fault) throws IOException {
        lose(fault, backend -> backend);
        Histories.requireLinearizable(history);
    }

    @ParameterizedTest
    @EnumSource(names = {"RESET", "BLACKHOLE", "CUT", "DUPLICATE", "HALF_CLOSE_TO_CLIENT"})
    @DisplayName("is found out if it is sent again")
    void sentAgain(Fault fault) throws IOException {
        lose(fault, SendsAgain::new);
        assertThatThrownBy(() -> Histories.requireLinearizable(history))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no order of the operations");
    }
}
