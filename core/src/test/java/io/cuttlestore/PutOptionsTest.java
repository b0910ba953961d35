package io.cuttlestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cuttlestore.spi.Expiry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The options of a put")
class PutOptionsTest {
    private static final Expiry FALLBACK = Expiry.after(Duration.ofDays(1));

    @Test
    @DisplayName("leave the expiry to the store, or say it")
    void expiry() {
        assertThat(PutOptions.defaults().expiryOr(FALLBACK)).isSameAs(FALLBACK);
        assertThat(PutOptions.never().expiryOr(FALLBACK)).isEqualTo(Expiry.NEVER);
        assertThat(PutOptions.keepTtl().expiryOr(FALLBACK)).isEqualTo(Expiry.KEEP);
        assertThat(PutOptions.ttl(Duration.ofNanos(1)).expiryOr(FALLBACK)).isEqualTo(new Expiry.After(1));
        assertThat(PutOptions.ttlSeconds(60).expiryOr(FALLBACK)).isEqualTo(new Expiry.After(60_000));
        assertThat(PutOptions.expireAt(Instant.ofEpochMilli(7)).expiryOr(FALLBACK))
                .isEqualTo(new Expiry.At(7));
    }

    @Test
    @DisplayName("refuse a time to live that is none")
    void noTime() {
        assertThatIllegalArgumentException().isThrownBy(() -> PutOptions.ttl(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> PutOptions.ttlSeconds(0));
        assertThatIllegalArgumentException().isThrownBy(() -> PutOptions.ttlSeconds(-1));
    }

    @Test
    @DisplayName("print what they say")
    void printed() {
        assertThat(PutOptions.defaults()).hasToString("PutOptions[defaults]");
        assertThat(PutOptions.ttlSeconds(1).toString()).contains("1000");
    }
}
