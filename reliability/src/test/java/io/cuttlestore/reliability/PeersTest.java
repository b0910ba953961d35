package io.cuttlestore.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Processes that do the same")
class PeersTest {
    private static final int PROCESSES = 2;

    @TempDir
    private Path folder;

    /** Tells the time, if nothing else is wanted. */
    static final class Clock {
        private Clock() {}

        public static void main(String[] arguments) throws Exception {
            Peers.serve(order -> () -> {
                if (order.equals("fail")) {
                    throw new IllegalStateException("as was ordered");
                }
                return List.of(arguments[0], order, Long.toString(System.nanoTime()));
            });
        }
    }

    @Test
    @DisplayName("answer each order, and have the clock of this one")
    void answers() throws IOException {
        try (Peers peers = Peers.start(Clock.class, PROCESSES, folder)) {
            for (String order : List.of("first", "second")) {
                long before = System.nanoTime();
                List<List<String>> answers = peers.perform(order);
                long after = System.nanoTime();
                assertThat(answers).hasSize(PROCESSES);
                for (int i = 0; i < PROCESSES; i++) {
                    assertThat(answers.get(i)).startsWith(Integer.toString(i), order);
                    assertThat(Long.parseLong(answers.get(i).get(2))).isBetween(before, after);
                }
            }
        }
    }

    @Test
    @DisplayName("are a failure if one of them ends, which tells why")
    void end() throws IOException {
        try (Peers peers = Peers.start(Clock.class, PROCESSES, folder)) {
            assertThatThrownBy(() -> peers.perform("fail"))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("as was ordered");
        }
    }
}
