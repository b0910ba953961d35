package io.cuttlestore.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Capability;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.IllegalKeyException;
import io.cuttlestore.Limits;
import io.cuttlestore.ScanOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

abstract class KeyRules extends Rules {
    KeyRules(CuttlestoreKit kit) {
        super(kit);
    }

    static List<String> unpairedSurrogates() {
        return List.of("\ud800", "\udc00", "a\ud800", "\ud800b", "\udc00\ud800", "\ud83e\udd91\ud83e");
    }

    @Test
    @DisplayName("all kinds of characters name different entries: NUL, slashes, quotes, digits, case, both forms of é")
    void hardKeysAreDistinct() {
        Map<String, String> expected = new LinkedHashMap<>();
        for (String key : HardKeys.all()) {
            String value = "value " + expected.size();
            store().put(key, value);
            expected.put(key, value);
        }
        expected.forEach((key, value) ->
                assertThat(store().get(key)).as("value of '%s'", key).hasValue(value));
        assertThat(store().getAll(expected.keySet())).isEqualTo(expected);
    }

    @Test
    @DisplayName("an entry comes back with the very key that it was given")
    void entriesCarryTheirKey() {
        for (String key : HardKeys.all()) {
            store().put(key, "v");
            assertThat(store().entry(key).orElseThrow().key()).isEqualTo(key);
        }
    }

    @Test
    @Needs(Capability.SCAN)
    @DisplayName("a scan returns every kind of key as it was written")
    void scansReturnHardKeys() {
        HardKeys.all().forEach(key -> store().put(key, "v"));
        try (Stream<String> keys = store().keys(ScanOptions.all())) {
            assertThat(keys.distinct()).containsExactlyInAnyOrderElementsOf(HardKeys.all());
        }
    }

    @Test
    @DisplayName("deleting one key leaves all that resemble it")
    void deletingTouchesOneKey() {
        List<String> keys = HardKeys.all();
        keys.forEach(key -> store().put(key, "v"));
        for (int i = 0; i < keys.size(); i += 2) {
            store().delete(keys.get(i));
        }
        for (int i = 0; i < keys.size(); i++) {
            assertThat(store().contains(keys.get(i)))
                    .as("'%s' is there", keys.get(i))
                    .isEqualTo(i % 2 == 1);
        }
    }

    @Test
    @DisplayName("keys are the same after the store is opened again")
    void keysSurviveReopening() {
        HardKeys.all().forEach(key -> store().put(key, key));
        reopen();
        HardKeys.all()
                .forEach(key -> assertThat(store().get(key)).as("'%s'", key).hasValue(key));
        assertThat(store().contains("never written")).isFalse();
    }

    @Test
    @DisplayName("a key may take 1,024 bytes of UTF-8, and not one more")
    void longestKey() {
        for (String key : List.of(
                "k".repeat(1024), "\u00e9".repeat(512), "\u20ac".repeat(341) + "k", "\ud83e\udd91".repeat(256))) {
            store().put(key, "longest");
            assertThat(store().get(key)).hasValue("longest");
            assertRefusedEverywhere(key + "k");
        }
        assertThat(declared().limits().maxKeyBytes()).isEqualTo(Limits.MAX_KEY_BYTES);
    }

    @Test
    @DisplayName("the namespace counts towards the 1,024 bytes")
    void namespaceCounts() {
        Cuttlestore<String> inside = connection().store("a:b", String.class);
        String longest = "k".repeat(1024 - "a%3Ab:".length());
        inside.put(longest, "v");
        assertThat(inside.get(longest)).hasValue("v");
        assertThatThrownBy(() -> inside.put(longest + "k", "v")).isInstanceOf(IllegalKeyException.class);
    }

    @Test
    @DisplayName("the empty key is refused")
    void emptyKey() {
        assertRefusedEverywhere("");
    }

    @ParameterizedTest(name = "refused: {index}")
    @MethodSource("unpairedSurrogates")
    @DisplayName("unpaired surrogates are refused, since they have no UTF-8 form")
    void unpairedSurrogatesAreRefused(String key) {
        assertRefusedEverywhere(key);
        assertThatThrownBy(() -> connection().store(key, String.class)).isInstanceOf(IllegalKeyException.class);
    }

    @Test
    @DisplayName("an illegal key among many is refused before anything is written")
    void illegalKeyInABatch() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("good", "v");
        entries.put("", "v");
        assertThatThrownBy(() -> store().putAll(entries)).isInstanceOf(IllegalKeyException.class);
        assertThat(store().contains("good")).isFalse();
    }

    private void assertRefusedEverywhere(String key) {
        assertThatThrownBy(() -> store().get(key)).isInstanceOf(IllegalKeyException.class);
        assertThatThrownBy(() -> store().entry(key)).isInstanceOf(IllegalKeyException.class);
        assertThatThrownBy(() -> store().contains(key)).isInstanceOf(IllegalKeyException.class);
        assertThatThrownBy(() -> store().put(key, "v")).isInstanceOf(IllegalKeyException.class);
        assertThatThrownBy(() -> store().delete(key)).isInstanceOf(IllegalKeyException.class);
        assertThatThrownBy(() -> store().getAll(List.of(key))).isInstanceOf(IllegalKeyException.class);
        assertThatThrownBy(() -> store().putAll(Map.of(key, "v"))).isInstanceOf(IllegalKeyException.class);
        assertThatThrownBy(() -> store().deleteAll(List.of(key))).isInstanceOf(IllegalKeyException.class);
    }
}
