package io.cuttlestore.reliability.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.reliability.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A process that is to be killed")
class VictimTest {
    /** Leaves the process alone for 149 ms. */
    private static final long LONG_LIFE = 59;

    @TempDir
    private Path folder;

    @Test
    @DisplayName("tells what it has written")
    void killed() throws Exception {
        List<String> stores = List.of("filesystem://" + folder.resolve("store"));
        int[] acknowledged = Victim.kill(ChildJvm.of(Writers.class), folder, stores, LONG_LIFE);
        assertThat(acknowledged).hasSize(Writers.PER_STORE);
        assertThat(acknowledged[0] + acknowledged[1]).isPositive();
    }

    /** A thread of writers whose store fails after a write. */
    static final class Failing {
        private Failing() {}

        public static void main(String[] arguments) {
            System.out.write(0);
            System.out.flush();
            Runtime.getRuntime().halt(1);
        }
    }

    @Test
    @DisplayName("may not end by itself")
    void ended() {
        List<String> stores = List.of("in-memory:");
        assertThatThrownBy(() -> Victim.kill(ChildJvm.of(Failing.class), folder, stores, LONG_LIFE))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("by itself");
    }
}
