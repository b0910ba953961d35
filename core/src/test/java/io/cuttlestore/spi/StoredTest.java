package io.cuttlestore.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is stored")
class StoredTest {
    private final Payload payload = Payload.of(new byte[] {7});

    @Test
    @DisplayName("has a payload, a version and a deadline")
    void whole() {
        Stored stored = Stored.of(payload, "v1", 1_000);
        assertThat(stored.payload()).isSameAs(payload);
        assertThat(stored.version()).isEqualTo("v1");
        assertThat(stored.expiresAt()).isEqualTo(1_000);
    }

    @Test
    @DisplayName("may be a payload alone, or only known to be there")
    void parts() {
        assertThat(Stored.ofPayload(payload).payload()).isSameAs(payload);
        assertThat(Stored.ofPayload(payload).expiresAt()).isEqualTo(Stored.NEVER);
        assertThat(Stored.present()).isNotNull();
    }
}
