package io.cuttlestore.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.CursorExpiredException;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.StoreUnavailableException;
import java.time.Duration;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("With Redis sentinels")
class RedisSentinelTest {
    @Test
    @DisplayName("the store follows the primary when another server takes over, and a scan does not go on there")
    void failover() {
        try (RedisSentinel servers = RedisSentinel.start();
                OpenBackend store = OpenBackend.open(
                        "redis+sentinel://" + servers.sentinel().address() + "/" + RedisSentinel.MASTER,
                        Duration.ofSeconds(1))) {
            IntStream.range(0, 500).forEach(i -> store.put("k" + i, "v"));
            Awaitility.await().until(() -> servers.replica().command("DBSIZE").equals(500L));
            String cursor = store.page("", null, 10).next();
            servers.primary().kill();
            assertThatThrownBy(() -> store.put("k0", "w")).isInstanceOf(CuttlestoreException.class);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .ignoreExceptionsInstanceOf(CuttlestoreException.class)
                    .until(() -> store.put("k0", "x"));
            assertThat(new String((byte[]) servers.replica().command("GET", "k0")))
                    .isEqualTo("x");
            assertThat(store.get("k1")).isEqualTo("v");
            assertThatThrownBy(() -> store.page("", cursor, 10)).isInstanceOf(CursorExpiredException.class);
            assertThat(store.keys("", 100)).hasSize(500);
        }
    }

    @Test
    @DisplayName("a name that they do not know, and sentinels that are down, are unavailable")
    void unknownName() {
        String address = RedisServers.sentinel().sentinel().address();
        assertThatThrownBy(() -> OpenBackend.open("redis+sentinel://" + address + "/nobody"))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("nobody");
        assertThatThrownBy(() -> OpenBackend.open("redis+sentinel://127.0.0.1:" + RedisServer.freePort() + "/mymaster"))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    @DisplayName("the first that answers is believed")
    void firstAnswer() {
        String address = RedisServers.sentinel().sentinel().address();
        try (OpenBackend store = OpenBackend.open(
                "redis+sentinel://127.0.0.1:" + RedisServer.freePort() + "," + address + "/mymaster/3")) {
            store.put("k", "v");
            assertThat(store.get("k")).isEqualTo("v");
        }
    }
}
