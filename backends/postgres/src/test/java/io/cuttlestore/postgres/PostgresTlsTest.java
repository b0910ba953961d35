package io.cuttlestore.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cuttlestore.AccessDeniedException;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.StoreUnavailableException;
import io.cuttlestore.jdbc.Certificates;
import io.cuttlestore.jdbc.Settings;
import io.cuttlestore.spi.ConnectionString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("PostgreSQL over TLS")
class PostgresTlsTest {
    private static final String PASSWORD = "XyzzyPlugh42";

    private final Certificates certificates = Certificates.made();
    private final String ca = "&ca=" + certificates.file("ca.crt");
    private final String client =
            "&cert=" + certificates.file("client.crt") + "&key=" + certificates.file("client.key");

    private static String url(String user, String host, String options) {
        return "postgres://" + user + "@" + host + ":"
                + PostgresServers.secured(PASSWORD).getPort() + "/postgres?table=" + user.replaceAll(":.*", "")
                + options;
    }

    private static void use(String url) {
        try (Cuttlestore<String> store = Cuttlestore.open(url, String.class)) {
            String value = "x".repeat(200_000);
            store.put("k", value);
            assertThat(store.get("k")).hasValue(value);
        }
    }

    @Test
    @DisplayName("works in each mode that encrypts, with a password too")
    void works() {
        use(url("encrypted", "127.0.0.1", "&sslmode=require"));
        use(url("encrypted", "127.0.0.1", "&sslmode=verify-ca" + ca));
        use(url("encrypted", "localhost", "&sslmode=verify-ca" + ca));
        use(url("encrypted", "127.0.0.1", "&sslmode=verify-full" + ca));
        use(url("agent:" + PASSWORD, "127.0.0.1", "&sslmode=verify-full" + ca));
    }

    @Test
    @DisplayName("shows a client certificate where one is asked for, and is refused without")
    void clientCertificate() {
        use(url("shown", "127.0.0.1", "&sslmode=verify-full" + ca + client));
        use(url("shown", "127.0.0.1", "&sslmode=require" + client));
        assertThatThrownBy(() -> use(url("shown", "127.0.0.1", "&sslmode=verify-full" + ca)))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    @DisplayName("refuses a certificate of an unknown authority and one for another host")
    void wrongCertificate() {
        String other = "&ca=" + certificates.file("other.crt");
        for (String url : List.of(
                url("encrypted", "127.0.0.1", "&sslmode=verify-full"),
                url("encrypted", "127.0.0.1", "&sslmode=verify-ca"),
                url("encrypted", "127.0.0.1", "&sslmode=verify-full" + other),
                url("encrypted", "localhost", "&sslmode=verify-full" + ca))) {
            assertThatThrownBy(() -> use(url))
                    .as(url)
                    .isInstanceOf(StoreFailedException.class)
                    .hasMessageContaining("check the host name, sslmode, ca, cert and key");
        }
    }

    @Test
    @DisplayName("to a server without TLS, and no TLS to a server that wants it, are clear errors")
    void mixedUp() {
        assertThatThrownBy(() -> use(PostgresServers.fresh() + "&sslmode=require"))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("does not support SSL")
                .hasMessageContaining("sslmode");
        assertThatThrownBy(() -> use(url("encrypted", "127.0.0.1", "")))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("sslmode");
    }

    /** The server agrees to TLS, hears a hello and says this, and no more: nothing, or a fatal alert of decode_error. */
    @ParameterizedTest
    @ValueSource(strings = {"", "15030300020232"})
    @DisplayName("is unavailable for the moment, and not refused, where the connection breaks in the handshake")
    void brokenHandshake(String answer) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            CompletableFuture<Void> visit = CompletableFuture.runAsync(() -> agreeAndLeave(server, answer));
            String url = "postgres://u@127.0.0.1:" + server.getLocalPort() + "/d?sslmode=verify-full" + ca;
            assertThatThrownBy(() -> use(url)).isInstanceOf(StoreUnavailableException.class);
            visit.join();
        }
    }

    private static void agreeAndLeave(ServerSocket server, String answer) {
        try (Socket visitor = server.accept()) {
            visitor.getInputStream().readNBytes(8); // SSLRequest
            visitor.getOutputStream().write('S');
            visitor.getInputStream().read(new byte[4096]);
            visitor.getOutputStream().write(HexFormat.of().parseHex(answer));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("verifies everything unless told otherwise, except on this machine")
    void defaults() {
        assertThat(mode("postgres://u@db.example/d")).isEqualTo(Settings.SslMode.VERIFY_FULL);
        assertThat(mode("postgres://u@127.evil.example/d")).isEqualTo(Settings.SslMode.VERIFY_FULL);
        assertThat(mode("postgres://u@10.0.0.1/d")).isEqualTo(Settings.SslMode.VERIFY_FULL);
        assertThat(mode("postgres://u@localhost/d")).isEqualTo(Settings.SslMode.DISABLE);
        assertThat(mode("postgres://u@127.0.0.1/d")).isEqualTo(Settings.SslMode.DISABLE);
        assertThat(mode("postgres://u@[::1]/d")).isEqualTo(Settings.SslMode.DISABLE);
    }

    private static Settings.SslMode mode(String url) {
        PostgresProvider provider = new PostgresProvider();
        return provider.settings(ConnectionString.parse(url).withOptions(provider.options()))
                .tls()
                .mode();
    }

    @Test
    @DisplayName("options that are missing, contradict each other or name no file are errors of the connection string")
    void wrongOptions() {
        String key = "&key=" + certificates.file("client.key");
        String cert = "&cert=" + certificates.file("client.crt");
        for (String options : List.of(
                ca,
                "&sslmode=require" + ca,
                "&sslmode=verify-full" + ca + cert,
                "&sslmode=verify-full" + ca + key,
                "&sslmode=verify-full" + client,
                client,
                "&sslmode=prefer",
                "&sslmode=verify-full&ca=/no/such/file",
                "&sslmode=verify-full&ca=" + certificates.file("ca.key"),
                "&sslmode=require" + cert + "&key=/no/such/file",
                "&sslmode=require&cert=" + certificates.file("client.key") + key)) {
            assertThatThrownBy(() -> use(url("encrypted", "127.0.0.1", options)))
                    .as(options)
                    .isInstanceOf(InvalidConnectionStringException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"N", "E", "SR", "R\0\0\0\b\0\0\0\3", "HTTP/1.1 400 Bad Request\r\n\r\n"})
    @DisplayName("tells no password to a server that has none, whatever it says")
    void downgrade(String answer) throws Exception {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        try (ServerSocket listening = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            Thread thread = new Thread(() -> listen(listening, answer, told), "impostor");
            thread.setDaemon(true);
            thread.start();
            String url = "postgres://agent:" + PASSWORD + "@127.0.0.1:" + listening.getLocalPort()
                    + "/d?timeout=2s&connect-timeout=500ms&sslmode=";
            for (String mode : List.of("require", "verify-full")) {
                Throwable refused = catchThrowable(() -> use(url + mode));
                assertThat(refused).isInstanceOf(CuttlestoreException.class).hasMessageNotContaining(PASSWORD);
            }
        }
        synchronized (told) {
            assertThat(told.toString(StandardCharsets.ISO_8859_1)).doesNotContain(PASSWORD, "agent");
        }
    }

    private static void listen(ServerSocket listening, String answer, ByteArrayOutputStream told) {
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                byte[] bytes = new byte[4096];
                for (int length = socket.getInputStream().read(bytes);
                        length > 0;
                        length = socket.getInputStream().read(bytes)) {
                    synchronized (told) {
                        told.write(bytes, 0, length);
                    }
                    socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
                }
            } catch (IOException refusedOrGone) {
                // The next one, if this impostor is still there.
            }
        }
    }
}
