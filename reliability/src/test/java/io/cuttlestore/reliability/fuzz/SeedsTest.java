package io.cuttlestore.reliability.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The kept inputs of the fuzzer")
class SeedsTest {
    /** A target of the fuzzer. */
    @FunctionalInterface
    private interface FuzzTarget {
        void take(byte[] input) throws IOException;
    }

    private static void takeAll(Class<?> type, FuzzTarget target) throws IOException {
        List<byte[]> seeds = Seeds.of(type);
        assertThat(seeds).isNotEmpty();
        for (byte[] seed : seeds) {
            target.take(seed);
        }
    }

    @Test
    @DisplayName("are taken well")
    void taken() throws IOException {
        takeAll(ConnectionStringTarget.class, ConnectionStringTarget::fuzzerTestOneInput);
        takeAll(KeysTarget.class, KeysTarget::fuzzerTestOneInput);
        takeAll(EntryFileTarget.class, EntryFileTarget::fuzzerTestOneInput);
        takeAll(ValuesTarget.class, ValuesTarget::fuzzerTestOneInput);
        takeAll(ImportTarget.class, ImportTarget::fuzzerTestOneInput);
    }
}
