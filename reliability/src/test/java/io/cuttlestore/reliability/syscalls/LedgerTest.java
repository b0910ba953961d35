package io.cuttlestore.reliability.syscalls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreFullException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a store may hold after calls that succeeded and calls that failed")
class LedgerTest {
    private final Ledger ledger = new Ledger();
    private final Cuttlestore<String> store = Cuttlestore.open("in-memory:", String.class);

    @AfterEach
    void close() {
        store.close();
    }

    private static Step put(int number, CuttlestoreException failure) {
        String value = Values.of(number, 10);
        return new Step("put", Map.of("key", before -> Values.name(value)), true, entries -> {
            if (failure != null) {
                throw failure;
            }
            entries.put("key", value);
            return Map.of();
        });
    }

    private void fail(CuttlestoreException failure) {
        assertThatThrownBy(() -> ledger.carryOut(put(2, failure), store)).isSameAs(failure);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @DisplayName("is all that a script leaves")
    void script(long seed) throws Exception {
        for (Step step : Script.steps(seed, () -> {})) {
            ledger.carryOut(step, store);
        }
        assertThatCode(() -> ledger.require(store)).doesNotThrowAnyException();
        assertThatCode(() -> Ledger.parse(ledger.toString()).require(store)).doesNotThrowAnyException();
    }

    @Test
    @DisplayName("is not less than was acknowledged")
    void lost() throws Exception {
        ledger.carryOut(put(1, null), store);
        store.delete("key");
        assertThatThrownBy(() -> ledger.require(store)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("is the old or the new value after a failure, and no other")
    void failed() throws Exception {
        ledger.carryOut(put(1, null), store);
        fail(new StoreFailedException("failed", null));
        ledger.require(store);
        store.put("key", Values.of(2, 10));
        ledger.require(store);
        store.put("key", Values.of(3, 10));
        assertThatThrownBy(() -> ledger.require(store)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("is the old value where the failure says so")
    void full() throws Exception {
        ledger.carryOut(put(1, null), store);
        fail(new StoreFullException("full"));
        store.put("key", Values.of(2, 10));
        assertThatThrownBy(() -> ledger.require(store)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("is one value again after the next success")
    void known() throws Exception {
        fail(new OutcomeUnknownException("unknown", null));
        assertThat(ledger.of("key")).hasSize(2);
        ledger.carryOut(put(3, null), store);
        assertThat(ledger.of("key")).hasSize(1);
    }

    @Test
    @DisplayName("is no reply that fits none of it")
    void reply() {
        Step wrong = new Step("get", Map.of("key", Step.Change.NONE), true, entries -> {
            return Map.of("key", Step.Sight.of(true));
        });
        assertThatThrownBy(() -> ledger.carryOut(wrong, store)).isInstanceOf(AssertionError.class);
    }

    @Test
    @DisplayName("is no half of a value")
    void torn() throws Exception {
        ledger.carryOut(put(1, null), store);
        store.put("key", Values.of(1, 10).substring(0, 12));
        assertThatThrownBy(() -> ledger.require(store))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("torn");
    }

    @Test
    @DisplayName("is nothing under other keys")
    void another() {
        store.put("another", Values.of(1, 10));
        assertThatThrownBy(() -> ledger.require(store)).isInstanceOf(AssertionError.class);
    }
}
