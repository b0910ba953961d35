package io.cuttlestore.reliability.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.reliability.ChildJvm;
import io.cuttlestore.reliability.Tool;
import java.io.InputStream;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A process that stands still")
class StandstillTest {
    private static final int TIMES = 100;
    private static final int LOOKS = 200;

    @TempDir
    private Path folder;

    /** Threads that write and never end. */
    static final class Busy {
        private static final int THREADS = 8;

        private Busy() {}

        public static void main(String[] arguments) {
            for (int i = 0; i < THREADS; i++) {
                new Thread(Busy::work).start();
            }
        }

        private static void work() {
            while (true) {
                System.out.write(0);
                System.out.flush();
            }
        }
    }

    @Test
    @DisplayName("writes no more, from the moment on at which it does")
    void silence() throws Exception {
        try (ChildJvm busy = ChildJvm.of(Busy.class).start(folder)) {
            InputStream output = busy.output();
            for (int i = 0; i < TIMES; i++) {
                assertThat(output.read()).isZero();
                Standstill.of(busy.pid());
                output.skipNBytes(output.available());
                for (int look = 0; look < LOOKS; look++) {
                    assertThat(output.available()).isZero();
                }
                Tool.run("kill", "-CONT", Long.toString(busy.pid()));
            }
        }
    }
}
