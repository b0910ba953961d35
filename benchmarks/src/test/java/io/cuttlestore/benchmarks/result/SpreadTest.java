package io.cuttlestore.benchmarks.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void takesTheRatiosOfNeighboursAndNotOfMedians() {
        // The machine became ten times slower; each fork took twice as long as its neighbour.
        assertThat(Spread.ofRatios(List.of(2.0, 20.0, 22.0), List.of(1.0, 10.0, 10.0)))
                .contains(new Spread(2.0, 2.0, 2.2, 3));
    }

    @Test
    void isTheMiddleOfTheTwoInTheMiddleWhereTheirNumberIsEven() {
        assertThat(Spread.of(List.of(4.0, 1.0, 3.0, 2.0))).contains(new Spread(2.5, 1.0, 4.0, 4));
    }

    @Test
    void hasNothingToSayOfNothing() {
        assertThat(Spread.of(List.of())).isEmpty();
        assertThat(Spread.ofRatios(List.of(1.0), List.of())).isEmpty();
    }

    @Test
    void leavesOutAForkWithoutNeighbour() {
        assertThat(Spread.ofRatios(List.of(1.0, 9.0), List.of(1.0))).contains(new Spread(1.0, 1.0, 1.0, 1));
    }

    @Test
    void keepsLeastAndLargestWhenTurnedAround() {
        assertThat(new Spread(2, 1, 4, 3).map(x -> 1 / x)).isEqualTo(new Spread(0.5, 0.25, 1, 3));
    }
}
