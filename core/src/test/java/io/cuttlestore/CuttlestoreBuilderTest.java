package io.cuttlestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.cuttlestore.spi.Backend;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A builder")
class CuttlestoreBuilderTest {
    @Test
    @DisplayName("may require a capability twice")
    void requiredTwice() {
        try (CuttlestoreConnection connection = Cuttlestore.builder("in-memory")
                .require(Capability.TTL, Capability.TTL)
                .connect()) {
            assertThat(connection.capabilities().supports(Capability.TTL)).isTrue();
        }
    }

    @Test
    @DisplayName("refuses at once a namespace that is none")
    void badNamespace() {
        CuttlestoreBuilder builder = Cuttlestore.builder("in-memory");
        assertThatExceptionOfType(IllegalKeyException.class).isThrownBy(() -> builder.namespace(""));
        assertThatExceptionOfType(IllegalKeyException.class).isThrownBy(() -> builder.namespace("n".repeat(1_024)));
    }

    @Test
    @DisplayName("refuses a clock for a backend that is open already")
    void clockOfOpenBackend() {
        List<Backend> opened = new ArrayList<>();
        CuttlestoreBuilder outer = Cuttlestore.builder("in-memory").layer(backend -> {
            opened.add(backend);
            return backend;
        });
        try (CuttlestoreConnection connection = outer.connect()) {
            assertThatExceptionOfType(UnsupportedCapabilityException.class)
                    .isThrownBy(() -> Cuttlestore.builder(opened.get(0))
                            .clock(() -> Instant.EPOCH)
                            .connect())
                    .withMessageContaining("clock");
            connection.ping();
        }
    }

    @Test
    @DisplayName("says that the connection string is null, as a setting that is not there makes it")
    @SuppressWarnings("NullAway") // the misuse that is tested
    void nullConnectionString() {
        assertThatNullPointerException()
                .isThrownBy(() -> Cuttlestore.open(null, String.class))
                .withMessageContaining("connection string");
        assertThatNullPointerException()
                .isThrownBy(() -> CuttlestoreConnection.open(null))
                .withMessageContaining("connection string");
    }

    @Test
    @DisplayName("closes the backend when a layer returns nothing")
    @SuppressWarnings("NullAway") // the misuse that is tested
    void layerOfNothing() {
        assertThatNullPointerException()
                .isThrownBy(() -> Cuttlestore.builder("in-memory://layerless")
                        .layer(backend -> null)
                        .connect())
                .withMessageContaining("layer");
        CuttlestoreConnection.open("in-memory://layerless?copy=always").close();
    }
}
