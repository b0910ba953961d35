package io.cuttlestore.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

@DisplayName("The test servers")
class RedisServersTest {

    @Test
    @DisplayName("a standalone server answers")
    void standalone() {
        try (Jedis admin = RedisServers.standalone().admin()) {
            assertThat(admin.ping()).isEqualTo("PONG");
        }
    }

    @Test
    @DisplayName("the ACL server knows only its user")
    void acl() {
        try (Jedis admin = RedisServers.acl().admin();
                Jedis nobody = new Jedis(RedisServer.HOST, RedisServers.acl().port())) {
            assertThat(admin.aclWhoAmI()).isEqualTo(RedisServers.USER);
            assertThatThrownBy(nobody::ping).isInstanceOf(JedisException.class).hasMessageContaining("NOAUTH");
        }
    }

    @Test
    @DisplayName("the TLS server answers nobody who speaks plainly")
    void tls() {
        try (Jedis admin = RedisServers.tls().admin();
                Jedis plain = new Jedis(RedisServer.HOST, RedisServers.tls().port())) {
            assertThat(admin.ping()).isEqualTo("PONG");
            assertThatThrownBy(plain::ping).isInstanceOf(JedisException.class);
        }
    }

    @Test
    @DisplayName("the cluster's nodes share the slots")
    void cluster() {
        List<RedisServer> nodes = RedisServers.cluster().nodes();
        assertThat(nodes).hasSize(3).allSatisfy(node -> {
            try (Jedis admin = node.admin()) {
                assertThat(admin.clusterInfo()).contains("cluster_slots_ok:16384");
            }
        });
    }

    @Test
    @DisplayName("the sentinel names the primary")
    void sentinel() {
        RedisSentinel servers = RedisServers.sentinel();
        try (Jedis sentinel = servers.sentinel().admin()) {
            assertThat(sentinel.sentinelGetMasterAddrByName(RedisSentinel.MASTER))
                    .containsExactly(RedisServer.HOST, "" + servers.primary().port());
        }
    }

    @Test
    @DisplayName("a killed server comes back on its port")
    void restart() {
        try (RedisServer server = RedisServer.start()) {
            int port = server.port();
            server.kill();
            server.restart();
            assertThat(server.port()).isEqualTo(port);
            assertThat(server.command("PING")).isEqualTo("PONG".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
    }

    @Test
    @DisplayName("a server that can't start fails the test and shows why")
    void failure() {
        assertThatThrownBy(() -> RedisServer.builder()
                        .arguments("--no-such-setting", "1")
                        .start())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no-such-setting");
        assertThatThrownBy(() ->
                        RedisServer.builder().binary(Path.of("/no/such/server")).start())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("CUTTLESTORE_TEST_REDIS");
    }
}
