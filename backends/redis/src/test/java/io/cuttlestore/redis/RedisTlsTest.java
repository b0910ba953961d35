package io.cuttlestore.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.OutcomeUnknownException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreTimeoutException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.spi.Condition;
import io.cuttlestore.spi.Expiry;
import io.cuttlestore.spi.Put;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.util.JedisClusterCRC16;

@DisplayName("Redis over TLS")
class RedisTlsTest {
    private static final String PASSWORD = "XyzzyPlugh42";

    private final TlsCertificates certificates = RedisServers.certificates();
    private final String ca = "ca=" + certificates.ca().certificate();
    private final String client = "cert=" + certificates.client().certificate() + "&key="
            + certificates.client().key();

    @Test
    @DisplayName("works by name and by address with the authority's certificate")
    void works() {
        int port = RedisServers.tls().port();
        for (String host : new String[] {"localhost", "127.0.0.1"}) {
            try (OpenBackend store = OpenBackend.open("rediss://" + host + ":" + port + "?" + ca)) {
                String value = "x".repeat(200_000);
                store.put("k", value);
                assertThat(store.get("k")).isEqualTo(value);
            }
        }
    }

    @Test
    @DisplayName("refuses a certificate of an unknown authority")
    void unknownAuthority() {
        assertThatThrownBy(
                        () -> OpenBackend.open("rediss://" + RedisServers.tls().address()))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("ca");
        String other = "?ca=" + certificates.client().certificate();
        assertThatThrownBy(
                        () -> OpenBackend.open("rediss://" + RedisServers.tls().address() + other))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("check the host name in the connection string, ca, cert and key");
        try (Impostor impostor = Impostor.withCertificate(certificates.server())) {
            String url = "rediss://agent:" + PASSWORD + "@" + impostor.address();
            assertThatThrownBy(() -> OpenBackend.open(url)).isInstanceOf(StoreFailedException.class);
            assertThat(impostor.visits()).isPositive();
            assertThat(impostor.told()).isEmpty();
        }
    }

    @Test
    @DisplayName("refuses a certificate for another host")
    void wrongHost() {
        try (RedisServer server = RedisServer.builder()
                .tls(certificates, certificates.otherHost(), false)
                .start()) {
            assertThatThrownBy(() -> OpenBackend.open("rediss://" + server.address() + "?" + ca))
                    .isInstanceOf(StoreFailedException.class)
                    .hasMessageContaining("host");
        }
    }

    @Test
    @DisplayName("shows a client certificate where one is asked for, and is refused without")
    void clientCertificate() {
        try (RedisServer server = RedisServer.builder()
                .tls(certificates, certificates.server(), true)
                .start()) {
            try (OpenBackend store = OpenBackend.open("rediss://" + server.address() + "?" + ca + "&" + client)) {
                store.put("k", "v");
                assertThat(store.get("k")).isEqualTo("v");
            }
            assertThatThrownBy(() -> OpenBackend.open("rediss://" + server.address() + "?" + ca))
                    .isInstanceOf(CuttlestoreException.class)
                    .hasMessageContaining(server.address());
        }
    }

    @Test
    @DisplayName("to a plain port and plain to a TLS port are clear errors")
    void mixedUp() {
        assertThatThrownBy(() ->
                        OpenBackend.open("rediss://" + RedisServers.standalone().address() + "?" + ca))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("does not speak TLS");
        assertThatThrownBy(() -> OpenBackend.open(RedisServers.tls()))
                .isInstanceOf(CuttlestoreException.class)
                .hasMessageContaining("TLS");
    }

    @Test
    @DisplayName("tells its password to a server that has the right certificate")
    void tellsTheRightServer() {
        try (Impostor right = Impostor.withCertificate(certificates.server())) {
            assertThatThrownBy(() -> OpenBackend.open(login("rediss", right), Duration.ofSeconds(2)))
                    .isInstanceOf(CuttlestoreException.class);
            assertThat(right.told()).contains("AUTH", PASSWORD);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"expired", "selfSigned", "otherHost", "client"})
    @DisplayName(
            "refuses a certificate that is expired, self-signed, another host's or a client's, and tells no password")
    void wrongCertificate(String kind) {
        TlsCertificates.Pair pair = switch (kind) {
            case "expired" -> certificates.expired();
            case "selfSigned" -> certificates.selfSigned();
            case "otherHost" -> certificates.otherHost();
            default -> certificates.client();
        };
        for (String scheme : List.of("rediss", "rediss+cluster", "rediss+sentinel")) {
            try (Impostor impostor = Impostor.withCertificate(pair)) {
                assertThatThrownBy(() -> OpenBackend.open(login(scheme, impostor)))
                        .isInstanceOf(StoreFailedException.class)
                        .hasMessageContaining("check the host name in the connection string, ca, cert and key")
                        .hasMessageNotContaining(PASSWORD);
                assertThat(impostor.visits()).isPositive();
                assertThat(impostor.told()).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+OK\r\n",
                "+PONG\r\n",
                "-ERR this server does not speak TLS, go on without\r\n",
                "220 ready to start TLS\r\n",
                "$2\r\nOK\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n"
            })
    @DisplayName("never goes on without it, whatever a server says that has none")
    void downgrade(String greeting) {
        try (Impostor impostor = Impostor.inPlainText(greeting)) {
            assertThatThrownBy(() -> OpenBackend.open(login("rediss", impostor), Duration.ofSeconds(1)))
                    .isInstanceOf(CuttlestoreException.class)
                    .hasMessageContaining("TLS");
            assertThat(impostor.told()).isNotEmpty().doesNotContain(PASSWORD, "AUTH", "PING", "HELLO");
        }
    }

    /** The server hears a hello and says this, and no more: nothing, or a fatal alert of decode_error or bad_record_mac. */
    @ParameterizedTest
    @ValueSource(strings = {"", "15030300020232", "15030300020214"})
    @DisplayName("is unavailable for the moment, and not refused, where the connection breaks in the handshake")
    void brokenHandshake(String answer) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getByName(RedisServer.HOST))) {
            CompletableFuture<Void> visit = CompletableFuture.runAsync(() -> hearAndLeave(server, answer));
            assertThatThrownBy(() -> OpenBackend.open(
                            "rediss://" + RedisServer.HOST + ":" + server.getLocalPort() + "?" + ca,
                            Duration.ofSeconds(5)))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining("the connection broke in the handshake");
            visit.join();
        }
    }

    private static void hearAndLeave(ServerSocket server, String answer) {
        try (Socket visitor = server.accept()) {
            visitor.getInputStream().read(new byte[4096]);
            visitor.getOutputStream().write(HexFormat.of().parseHex(answer));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String login(String scheme, Impostor impostor) {
        return scheme + "://agent:" + PASSWORD + "@" + impostor.address() + "/0?" + ca;
    }

    @Test
    @DisplayName("is not left by a redirection of the cluster, and a node with a wrong certificate is told nothing")
    void redirection() {
        try (RedisServer honest = clusterNode(certificates.server());
                RedisServer other = clusterNode(certificates.otherHost())) {
            RedisCluster.join(List.of(honest, other), List.of(honest));
            String url = "rediss+cluster://" + honest.address() + "?" + ca;
            try (OpenBackend store = OpenBackend.open(url)) {
                store.put("kept", "v");
                moveSlot("moved", honest, other);
                assertThatThrownBy(() -> store.put("moved", "secret"))
                        .isInstanceOf(StoreFailedException.class)
                        .hasMessageContaining(other.address())
                        .hasMessageContaining("check the host name");
                assertThatThrownBy(() -> store.get("moved")).isInstanceOf(StoreFailedException.class);
                assertThat(store.get("kept")).isEqualTo("v");
            }
            assertThat(other.command("DBSIZE")).isEqualTo(0L);
            assertThatThrownBy(() -> OpenBackend.open(url))
                    .isInstanceOf(StoreFailedException.class)
                    .hasMessageContaining(other.address());
        }
    }

    private RedisServer clusterNode(TlsCertificates.Pair pair) {
        return RedisServer.builder()
                .cluster()
                .tls(certificates, pair, false)
                .arguments("--tls-cluster", "yes")
                .start();
    }

    private static void moveSlot(String key, RedisServer from, RedisServer to) {
        String slot = "" + JedisClusterCRC16.getSlot(key);
        String id = new String((byte[]) to.command("CLUSTER", "MYID"), StandardCharsets.US_ASCII);
        to.command("CLUSTER", "SETSLOT", slot, "NODE", id);
        from.command("CLUSTER", "SETSLOT", slot, "NODE", id);
    }

    @Test
    @DisplayName("ends calls to a server that hangs in time")
    void frozen() {
        Duration timeout = Duration.ofMillis(500);
        Duration inTime = Duration.ofMillis(550 + 400);
        try (RedisServer server = RedisServer.builder()
                        .tls(certificates, certificates.server(), false)
                        .start();
                OpenBackend store = OpenBackend.open("rediss://" + server.address() + "?" + ca, timeout)) {
            store.put("k", "v");
            server.freeze();
            Put large = store.putCommand("k", "x".repeat(30_000_000), Expiry.NEVER, Condition.ALWAYS);
            long begin = System.nanoTime();
            assertThatThrownBy(() -> store.spi().execute(large)).isInstanceOf(OutcomeUnknownException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(inTime);
            begin = System.nanoTime();
            assertThatThrownBy(() -> store.get("k")).isInstanceOf(StoreTimeoutException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(inTime);
            server.thaw();
        }
    }

    @Test
    @DisplayName("files that are missing or hold something else are errors of the connection string")
    void files() {
        String address = "rediss://" + RedisServers.tls().address() + "?";
        for (String options : new String[] {
            "ca=/no/such/file",
            "ca=" + certificates.ca().key(),
            ca + "&cert=" + certificates.client().certificate(),
            ca + "&cert=" + certificates.client().certificate() + "&key="
                    + certificates.client().certificate()
        }) {
            assertThatThrownBy(() -> OpenBackend.open(address + options))
                    .as(options)
                    .isInstanceOf(InvalidConnectionStringException.class);
        }
        assertThatThrownBy(
                        () -> OpenBackend.open("redis://" + RedisServers.tls().address() + "?" + ca))
                .isInstanceOf(InvalidConnectionStringException.class)
                .hasMessageContaining("rediss");
    }
}
