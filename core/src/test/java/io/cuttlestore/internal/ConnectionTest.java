package io.cuttlestore.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.cuttlestore.Capability;
import io.cuttlestore.Codec;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.PutOptions;
import io.cuttlestore.UndecodableValueException;
import io.cuttlestore.UnsupportedCapabilityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A connection")
class ConnectionTest {
    @Test
    @DisplayName("with an unknown scheme names what is installed and what to add")
    void unknownScheme() {
        assertRefused("sqlite://x.db").withMessageContaining("io.cuttlestore:cuttlestore-sqlite");
        assertRefused("in-memori").withMessageContaining("did you mean 'in-memory'");
        assertRefused("foo://x").withMessageContaining("installed are in-memory");
    }

    @Test
    @DisplayName("with an unknown format names what is installed")
    void unknownFormat() {
        assertRefused("in-memory?codec=xml").withMessageContaining("'codec'");
    }

    @Test
    @DisplayName("without a codec for a type names the artifact to add, and is closed")
    void missingCodec() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cuttlestore.open("in-memory", Object.class))
                .withMessageContaining("cuttlestore-codec-jackson");
    }

    @Test
    @DisplayName("is refused where the backend lacks a required capability")
    void requiredCapability() {
        assertThatExceptionOfType(UnsupportedCapabilityException.class)
                .isThrownBy(() -> Cuttlestore.builder("in-memory")
                        .require(Capability.TTL, Capability.SHARED)
                        .connect())
                .withMessageContaining("SHARED");
    }

    @Test
    @DisplayName("lets the operator's options win and nests namespaces")
    void optionsOfTheString() {
        try (CuttlestoreConnection whole = CuttlestoreConnection.open("in-memory://nesting");
                Cuttlestore<String> inner = Cuttlestore.builder("in-memory://nesting?namespace=ops")
                        .namespace("app")
                        .open(String.class)) {
            inner.put("k", "v");
            inner.connection().store("users", String.class).put("u", "w");
            Cuttlestore<String> root = whole.store(String.class);
            assertThat(root.getAll(List.of("ops:app:k", "ops:app:users:u")))
                    .isEqualTo(Map.of("ops:app:k", "v", "ops:app:users:u", "w"));
            root.put("other", "x");
            inner.clear();
            assertThat(root.scan().map(entry -> entry.key())).containsExactly("other");
        }
    }

    @Test
    @DisplayName("erases all of its base namespace, and nothing beyond")
    void eraseAll() {
        try (CuttlestoreConnection whole = CuttlestoreConnection.open("in-memory://erasing");
                CuttlestoreConnection part = CuttlestoreConnection.open("in-memory://erasing?namespace=a")) {
            Cuttlestore<Integer> root = whole.store(Integer.class);
            root.putAll(Map.of("a:1", 1, "a:b:2", 2, "ab", 3));
            part.eraseAll();
            assertThat(root.keys(io.cuttlestore.ScanOptions.all())).containsExactly("ab");
            whole.eraseAll();
            assertThat(root.scan()).isEmpty();
        }
    }

    @Test
    @DisplayName("that is closed says so")
    void closed() {
        CuttlestoreConnection connection = CuttlestoreConnection.open("in-memory");
        Cuttlestore<String> store = connection.store(String.class);
        connection.close();
        connection.close();
        assertThatIllegalStateException().isThrownBy(() -> store.get("k")).withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(() -> connection.store(String.class));
        assertThatIllegalStateException().isThrownBy(connection::ping);
    }

    @Test
    @DisplayName("uses the default time to live it was given")
    void defaultTtl() {
        try (Cuttlestore<String> store =
                Cuttlestore.builder("in-memory").defaultTtl(Duration.ofHours(1)).open(String.class)) {
            store.put("default", "v");
            store.put("never", "v", PutOptions.never());
            store.update("updated", absent -> java.util.Optional.of("v"));
            assertThat(store.entry("default").orElseThrow().expiresAt()).isPresent();
            assertThat(store.entry("never").orElseThrow().expiresAt()).isEmpty();
            assertThat(store.entry("updated").orElseThrow().expiresAt()).isPresent();
        }
    }

    @Test
    @DisplayName("puts back what getAndDelete could not decode")
    void undecodableIsPutBack() {
        try (CuttlestoreConnection connection = CuttlestoreConnection.open("in-memory")) {
            Cuttlestore<String> texts = connection.store(String.class);
            texts.put("k", "no number", PutOptions.ttl(Duration.ofHours(1)));
            Instant deadline = texts.entry("k").orElseThrow().expiresAt().orElseThrow();
            assertThatExceptionOfType(UndecodableValueException.class)
                    .isThrownBy(() -> connection.store(Integer.class).getAndDelete("k"));
            assertThat(texts.get("k")).contains("no number");
            assertThat(texts.entry("k").orElseThrow().expiresAt()).contains(deadline);
        }
    }

    @Test
    @DisplayName("puts back the object whose bytes getAndDelete could not make")
    void unencodableObjectIsPutBack() {
        Codec<String> failing = new Codec<>() {
            @Override
            public byte[] encode(String value) {
                throw new IllegalStateException("an accessor failed");
            }

            @Override
            public String decode(byte[] bytes) {
                return "";
            }

            @Override
            public boolean shareable() {
                return true;
            }
        };
        try (CuttlestoreConnection connection = CuttlestoreConnection.open("in-memory")) {
            Cuttlestore<String> objects = connection.store(failing);
            objects.put("k", "v");
            assertThatExceptionOfType(UndecodableValueException.class)
                    .isThrownBy(() -> connection.store(String.class).getAndDelete("k"));
            assertThat(objects.get("k")).contains("v");
        }
    }

    private static org.assertj.core.api.ThrowableAssertAlternative<InvalidConnectionStringException> assertRefused(
            String string) {
        return assertThatExceptionOfType(InvalidConnectionStringException.class)
                .isThrownBy(() -> CuttlestoreConnection.open(string));
    }
}
