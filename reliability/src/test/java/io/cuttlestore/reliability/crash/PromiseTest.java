package io.cuttlestore.reliability.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreConnection;
import io.cuttlestore.reliability.Tally;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("What a store keeps of a script")
class PromiseTest {
    private static final int STEPS = 50;

    private final Tally tally = new Tally();
    private final CuttlestoreConnection connection = CuttlestoreConnection.open("in-memory");
    private final Cuttlestore<String> store = connection.store(String.class);

    @AfterEach
    void close() {
        connection.close();
    }

    private static Script script() {
        return new Script("t", 7);
    }

    private void make(int steps) {
        Script script = script();
        for (int i = 0; i < steps; i++) {
            script.make(store);
        }
    }

    private String keyWithValue() {
        Script script = script();
        for (int i = 0; i < STEPS; i++) {
            script.skip();
        }
        return script.keys().stream()
                .filter(key -> script.value(key).isPresent())
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("is all of it, or with a step that was under way")
    void kept(Promise promise) {
        make(STEPS);
        assertThatCode(() -> promise.require(store, script(), STEPS, tally)).doesNotThrowAnyException();
        assertThatCode(() -> promise.require(store, script(), STEPS - 1, tally)).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("lacks an acknowledged step: a loss, or the loss of a suffix where that may be")
    void suffix() {
        make(STEPS - 5);
        assertThatThrownBy(() -> Promise.NOTHING_IS_LOST.require(store, script(), STEPS, tally))
                .isInstanceOf(AssertionError.class);
        Promise.A_SUFFIX_IS_LOST.require(store, script(), STEPS, tally);
        assertThat(tally.counts()).containsEntry("of these lost by SQLite", 5L);
    }

    @Test
    @DisplayName("lacks one key only: no suffix")
    void hole() {
        make(STEPS);
        store.put(keyWithValue(), "<1>");
        assertThatThrownBy(() -> Promise.NOTHING_IS_LOST.require(store, script(), STEPS, tally))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Promise.A_SUFFIX_IS_LOST.require(store, script(), STEPS, tally))
                .isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("has half a value: torn")
    void torn(Promise promise) {
        make(STEPS);
        String key = keyWithValue();
        store.update(key, value -> value.map(text -> text.substring(0, text.length() / 2)));
        assertThatThrownBy(() -> promise.require(store, script(), STEPS, tally)).isInstanceOf(AssertionError.class);
    }
}
