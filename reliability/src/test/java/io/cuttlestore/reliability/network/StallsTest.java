package io.cuttlestore.reliability.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The stalls of a machine")
class StallsTest {
    private static final Duration LONG = Duration.ofMillis(200);

    @Test
    @DisplayName("are counted before they are over, and afterwards, from the moment that is asked about")
    void counted() {
        try (Stalls stalls = new Stalls()) {
            long begin = System.nanoTime();
            synchronized (stalls) { // holds up the thread that measures them
                Recovery.await(Duration.ofSeconds(10), () -> stalls.since(begin).compareTo(LONG) > 0);
            }
            assertThat(stalls.since(begin)).isGreaterThan(LONG);
            assertThat(stalls.since(System.nanoTime())).isLessThan(LONG);
        }
    }
}
