package io.cuttlestore.reliability.fuzz;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.reliability.Site;
import io.cuttlestore.reliability.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The fuzzer")
class FuzzingTest {
    @TempDir
    private Path folder;

    private final Tally tally = new Tally();

    /** Takes anything but the byte 7, which is not among its kept inputs. */
    public static final class Throwing {
        private Throwing() {}

        public static void fuzzerTestOneInput(byte[] bytes) {
            if (bytes.length > 0 && bytes[0] == 7) {
                throw new IllegalStateException("planted");
            }
        }
    }

    /** Never ends. */
    public static final class Hanging {
        private Hanging() {}

        public static void fuzzerTestOneInput(byte[] bytes) throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }

    /** Keeps all that it is given, many times over. */
    public static final class Growing {
        private static final List<byte[]> KEPT = new ArrayList<>();

        private Growing() {}

        public static void fuzzerTestOneInput(byte[] bytes) {
            KEPT.add(new byte[1 << 20]);
        }
    }

    private ThrowingCallable fuzzing(Class<?> target) {
        Site site = new Site(folder, tally, true);
        return () -> new Fuzzing(site, target, Duration.ofSeconds(20), Duration.ofSeconds(2)).attempt(1);
    }

    @Test
    @DisplayName("finds input that throws, and tells it as it is to be kept")
    void throwing() {
        assertThatThrownBy(fuzzing(Throwing.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("planted")
                .hasMessageContaining("\nTo be kept in Throwing.hex:\n07");
    }

    @Test
    @DisplayName("finds input that hangs")
    void hanging() {
        assertThatThrownBy(fuzzing(Hanging.class)).hasMessageContaining("timeout");
    }

    @Test
    @DisplayName("finds memory that grows without bounds")
    void growing() {
        assertThatThrownBy(fuzzing(Growing.class)).hasMessageContaining("OutOfMemoryError");
    }
}
