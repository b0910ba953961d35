package io.cuttlestore.reliability.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.Cuttlestore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The ledger of a key")
class LedgerTest {
    private final Cuttlestore<String> store = Cuttlestore.open("in-memory", String.class);
    private final Ledger ledger = new Ledger("k");

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    @DisplayName("counts each acknowledged write that is missing, once")
    void lost() {
        ledger.write(store);
        ledger.write(store);
        ledger.replace(store);
        assertThat(ledger.read(store)).isZero();
        store.put("k", Watch.value("k", "1"));
        assertThat(ledger.read(store)).isEqualTo(2);
        assertThat(ledger.read(store)).isZero();
        store.delete("k");
        assertThat(ledger.read(store)).isEqualTo(1);
    }

    @Test
    @DisplayName("does not take a value that nobody has written")
    void neverWritten() {
        ledger.write(store);
        store.put("k", Watch.value("k", "2"));
        assertThatThrownBy(() -> ledger.read(store)).isInstanceOf(AssertionError.class);
    }
}
