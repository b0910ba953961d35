package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Capabilities;
import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.Durability;
import io.cuttlestore.PutOptions;
import io.cuttlestore.ScanOptions;
import io.cuttlestore.Traits;
import io.cuttlestore.UnsupportedCapabilityException;
import io.cuttlestore.Version;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

abstract class CapabilityRules extends Rules {
    private static final Duration HOUR = Duration.ofHours(1);

    CapabilityRules(CuttlestoreKit kit) {
        super(kit);
    }

    @Test
    @DisplayName("the backend declares what its author expects")
    void expected() {
        Set<Capability> declared = Arrays.stream(Capability.values())
                .filter(connection().capabilities()::supports)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Capability.class)));
        assertThat(declared).isEqualTo(kit.capabilities());
    }

    @Test
    @DisplayName("the traits are filled in and agree with the capabilities")
    void traits() {
        Capabilities capabilities = connection().capabilities();
        Traits traits = capabilities.traits();
        assertThat(traits.backend()).isNotBlank();
        assertThat(traits.server()).isNotBlank();
        assertThat(capabilities.supports(Capability.DURABLE)).isEqualTo(traits.durability() != Durability.NONE);
        for (Capability ofScans : List.of(Capability.EXACT_SCAN, Capability.ORDERED_SCAN, Capability.PREFIX_SEEK)) {
            assertThat(capabilities.supports(Capability.SCAN) || !capabilities.supports(ofScans))
                    .as("%s needs SCAN", ofScans)
                    .isTrue();
        }
        assertThat(capabilities.all()).containsOnlyKeys(Capability.values());
    }

    @Test
    @DisplayName("what is open has a name, answers a ping, and has no client of a type that it has not")
    void connectionSpeaks() {
        connection().ping();
        assertThat(connection().location()).isNotBlank();
        assertThatThrownBy(() -> connection().unwrap(CapabilityRules.class))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("a required capability is there, or opening fails and says which is missing")
    void require(Capability capability) {
        if (has(capability)) {
            CuttlestoreConnection open =
                    closing(builder(url()).require(capability).connect());
            open.ping();
            return;
        }
        assertThatThrownBy(() -> builder(url()).require(capability).connect().close())
                .isInstanceOf(UnsupportedCapabilityException.class)
                .hasMessageContaining(capability.name())
                .hasMessageContaining(declared().traits().backend());
    }

    @Test
    @DisplayName("a clock of one's own is honoured, or refused where the server's clock decides")
    void clock() {
        if (clockIsFake()) {
            store().put("k", "v");
            assertThat(store().get("k")).hasValue("v");
            return;
        }
        assertThatThrownBy(() -> kit.builder(url()).clock(clock).connect().close())
                .isInstanceOf(UnsupportedCapabilityException.class);
    }

    @Test
    @DisplayName("conditional writes work where declared; each of them is refused where not")
    void conditional() {
        store().put("k", "v");
        Version version = store().entry("k").orElseThrow().version();
        check(
                Capability.CONDITIONAL,
                () -> store().putIfAbsent("k", "w"),
                () -> store().putIfAbsent("k", "w", PutOptions.never()),
                () -> store().replace("k", version, "v"),
                () -> store().replace("k", version, "v", PutOptions.never()),
                () -> store().delete("missing", version),
                () -> store().update("k", seen -> seen),
                () -> store().update("k", seen -> seen, PutOptions.never()),
                () -> store().computeIfAbsent("k", key -> "w"),
                () -> store().computeIfAbsent("k", key -> "w", PutOptions.never()),
                () -> store().getAndDelete("missing"),
                () -> store().async().putIfAbsent("k", "w").join());
        assertThat(store().get("k")).hasValue("v");
    }

    @Test
    @DisplayName("deadlines work where declared; each way to set one is refused where not")
    void timeToLive() {
        check(
                Capability.TTL,
                () -> builder(kit.freshStore()).defaultTtl(HOUR).connect().close());
        store().put("k", "v");
        check(
                Capability.TTL,
                () -> store().put("k", "v", PutOptions.ttl(HOUR)),
                () -> store().put("k", "v", PutOptions.expireAt(now().plus(HOUR))),
                () -> store().putAll(Map.of("k", "v"), PutOptions.ttl(HOUR)),
                () -> store().touch("k", HOUR),
                () -> store().persist("k"));
        assertThat(store().get("k")).hasValue("v");
    }

    @Test
    @DisplayName("enumeration works where declared; each way of it is refused where not")
    void scan() {
        Cuttlestore<String> space = connection().store("a", String.class);
        space.put("k", "v");
        check(
                Capability.SCAN,
                () -> assertThat(space.scan()).isNotEmpty(),
                () -> assertThat(space.scan(ScanOptions.prefix("k"))).isNotEmpty(),
                () -> assertThat(space.keys(ScanOptions.all())).isNotEmpty(),
                () -> space.page(ScanOptions.all()),
                () -> space.async().page(ScanOptions.all()).join(),
                () -> space.clear(),
                () -> connection().eraseAll());
        assertThat(space.get("k")).isEqualTo(has(Capability.SCAN) ? Optional.empty() : Optional.of("v"));
    }

    private void check(Capability capability, ThrowingCallable... uses) {
        for (ThrowingCallable use : uses) {
            if (has(capability)) {
                assertThatCode(use).doesNotThrowAnyException();
            } else {
                assertThatThrownBy(use)
                        .satisfiesAnyOf(
                                e -> assertThat(e).isInstanceOf(UnsupportedCapabilityException.class),
                                e -> assertThat(e).hasCauseInstanceOf(UnsupportedCapabilityException.class));
            }
        }
    }

    @Test
    @DisplayName("an option that does not expire is no deadline: it is allowed on every backend")
    void neverIsNoDeadline() {
        store().put("k", "v", PutOptions.never());
        store().put("k", "v", PutOptions.defaults());
        store().put("k", "v", PutOptions.keepTtl());
        store().put("k", "w", PutOptions.ttlSeconds(Long.MAX_VALUE));
        assertThat(store().get("k")).hasValue("w");
    }
}
