package io.cuttlestore.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.spi.Namespace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The order of commands on a key")
class KeyOrderTest {
    private final KeyOrder<String> order = new KeyOrder<>();
    private final List<String> begun = new ArrayList<>();

    @Test
    @DisplayName("lets reads begin together and writes one after the other")
    void readsTogether() {
        KeyOrder.Turn<String> put1 = enter("k", "put1", true);
        KeyOrder.Turn<String> get1 = enter("k", "get1", false);
        KeyOrder.Turn<String> get2 = enter("k", "get2", false);
        KeyOrder.Turn<String> put2 = enter("k", "put2", true);
        KeyOrder.Turn<String> get3 = enter("k", "get3", false);
        assertThat(begun).containsExactly("put1");
        leave(put1);
        assertThat(begun).containsExactly("put1", "get1", "get2");
        leave(get2);
        assertThat(begun).hasSize(3);
        leave(get1);
        assertThat(begun).endsWith("put2").hasSize(4);
        leave(put2);
        assertThat(begun).endsWith("get3").hasSize(5);
        leave(get3);
    }

    @Test
    @DisplayName("does not hold other keys up, and forgets a key that is done with")
    void otherKeys() {
        KeyOrder.Turn<String> first = enter("a", "put a", true);
        KeyOrder.Turn<String> other = enter("b", "put b", true);
        assertThat(begun).containsExactly("put a", "put b");
        leave(first);
        leave(other);
        KeyOrder.Turn<String> again = enter("a", "put a again", true);
        assertThat(begun).endsWith("put a again");
        leave(again);
        assertThat(order.isEmpty()).isTrue();
    }

    @Test
    @DisplayName("lets those behind a command begin that leaves without having begun")
    void leavingTheQueue() {
        KeyOrder.Turn<String> get1 = enter("k", "get1", false);
        KeyOrder.Turn<String> put1 = enter("k", "put1", true);
        KeyOrder.Turn<String> get2 = enter("k", "get2", false);
        KeyOrder.Turn<String> put2 = enter("k", "put2", true);
        KeyOrder.Turn<String> put3 = enter("k", "put3", true);
        assertThat(order.commands()).containsExactly("put3", "put2", "get2", "put1", "get1");
        leave(put2);
        assertThat(begun).containsExactly("get1");
        leave(put1);
        assertThat(begun).containsExactly("get1", "get2");
        leave(get1);
        assertThat(begun).hasSize(2);
        leave(get2);
        assertThat(begun).containsExactly("get1", "get2", "put3");
        leave(put3);
        assertThat(order.isEmpty()).isTrue();
    }

    private KeyOrder.Turn<String> enter(String key, String name, boolean write) {
        KeyOrder.Turn<String> turn = new KeyOrder.Turn<>(name, Namespace.ROOT.key(key), write);
        if (order.enter(turn)) {
            begun.add(name);
        }
        return turn;
    }

    private void leave(KeyOrder.Turn<String> turn) {
        begun.addAll(order.leave(turn));
    }
}
