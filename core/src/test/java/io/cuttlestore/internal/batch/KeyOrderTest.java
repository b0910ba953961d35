package io.cuttlestore.internal.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.cuttlestore.spi.Key;
import io.cuttlestore.spi.Namespace;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The order of commands on a key")
class KeyOrderTest {
    private final KeyOrder order = new KeyOrder();
    private final List<String> begun = new ArrayList<>();

    @Test
    @DisplayName("lets reads begin together and writes one after the other")
    void readsTogether() {
        KeyOrder.Turn put1 = enter("k", "put1", true);
        KeyOrder.Turn get1 = enter("k", "get1", false);
        KeyOrder.Turn get2 = enter("k", "get2", false);
        KeyOrder.Turn put2 = enter("k", "put2", true);
        KeyOrder.Turn get3 = enter("k", "get3", false);
        assertThat(begun).containsExactly("put1");
        order.leave(put1);
        assertThat(begun).containsExactly("put1", "get1", "get2");
        order.leave(get2);
        assertThat(begun).hasSize(3);
        order.leave(get1);
        assertThat(begun).endsWith("put2").hasSize(4);
        order.leave(put2);
        assertThat(begun).endsWith("get3").hasSize(5);
        order.leave(get3);
    }

    @Test
    @DisplayName("does not hold other keys up, and forgets a key that is done with")
    void otherKeys() {
        KeyOrder.Turn first = enter("a", "put a", true);
        KeyOrder.Turn other = enter("b", "put b", true);
        assertThat(begun).containsExactly("put a", "put b");
        order.leave(first);
        order.leave(other);
        KeyOrder.Turn again = enter("a", "put a again", true);
        assertThat(begun).endsWith("put a again");
        order.leave(again);
        assertThat(order.isEmpty()).isTrue();
    }

    private KeyOrder.Turn enter(String key, String name, boolean write) {
        Key validated = Namespace.ROOT.key(key);
        KeyOrder.Turn turn = new KeyOrder.Turn(validated, write);
        order.enter(turn, () -> begun.add(name));
        return turn;
    }
}
