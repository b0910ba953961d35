package io.cuttlestore.reliability.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.CuttlestoreBuilder;
import io.cuttlestore.reliability.Tally;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("A connection that faults of the network befall")
class LaneTest {
    private static final int ATTEMPTS = 600; // the first that notices ends them

    private final Tally tally = new Tally();

    private void attempt(Fault fault, int attempts, UnaryOperator<CuttlestoreBuilder> setUp) throws IOException {
        try (Stalls stalls = new Stalls();
                Lane lane = new Lane(Servers.standalone(), List.of(fault), setUp, stalls, tally)) {
            for (int seed = 0; seed < attempts; seed++) {
                lane.attempt(seed);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("meets each of them")
    void faults(Fault fault) throws IOException {
        attempt(fault, 1, UnaryOperator.identity());
        assertThat(tally.counts()).containsKey(fault == Fault.CUT ? "cuts" : Lane.name(fault));
        assertThat(tally.counts().get("calls")).isPositive();
    }

    @Test
    @DisplayName("is found out if it sends writes again whose replies were cut off")
    void sendsAgainAfterCut() {
        assertThatThrownBy(() -> attempt(Fault.CUT, ATTEMPTS, builder -> builder.layer(SendsAgain::new)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no order of the operations");
    }

    @Test
    @DisplayName("is found out if it begins its time limit anew when no answer comes")
    void takesTooLong() {
        assertThatThrownBy(() -> attempt(Fault.BLACKHOLE, ATTEMPTS, builder -> builder.layer(WaitsTwice::new)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("allowed were");
    }
}
