package io.cuttlestore.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cuttlestore.AccessDeniedException;
import io.cuttlestore.Cuttlestore;
import io.cuttlestore.CuttlestoreException;
import io.cuttlestore.InvalidConnectionStringException;
import io.cuttlestore.StoreFailedException;
import io.cuttlestore.jdbc.Certificates;
import io.cuttlestore.jdbc.Settings;
import io.cuttlestore.spi.ConnectionString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("MariaDB over TLS")
class MysqlTlsTest {
    private static final String PASSWORD = "XyzzyPlugh42";

    private final Certificates certificates = Certificates.made();
    private final String ca = "&ca=" + certificates.file("ca.crt");
    private final String client =
            "&cert=" + certificates.file("client.crt") + "&key=" + certificates.file("client.key");

    private static String url(String user, String host, String options) {
        String table = user.replaceAll(":.*", "");
        return MysqlServers.secured(PASSWORD).url(user, table).replace("127.0.0.1", host) + options;
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
        assertThatThrownBy(() -> use(MysqlServers.fresh() + "&sslmode=require"))
                .isInstanceOf(StoreFailedException.class)
                .hasMessageContaining("ssl not enabled")
                .hasMessageContaining("sslmode");
        assertThatThrownBy(() -> use(url("encrypted", "127.0.0.1", "")))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("sslmode");
    }

    @Test
    @DisplayName("verifies everything unless told otherwise, except on this machine")
    void defaults() {
        assertThat(mode("mysql://u@db.example/d")).isEqualTo(Settings.SslMode.VERIFY_FULL);
        assertThat(mode("mysql://u@127.evil.example/d")).isEqualTo(Settings.SslMode.VERIFY_FULL);
        assertThat(mode("mysql://u@10.0.0.1/d")).isEqualTo(Settings.SslMode.VERIFY_FULL);
        assertThat(mode("mysql://u@localhost/d")).isEqualTo(Settings.SslMode.DISABLE);
        assertThat(mode("mysql://u@127.0.0.1/d")).isEqualTo(Settings.SslMode.DISABLE);
        assertThat(mode("mysql://u@[::1]/d")).isEqualTo(Settings.SslMode.DISABLE);
    }

    private static Settings.SslMode mode(String url) {
        MysqlProvider provider = new MysqlProvider();
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
    @ValueSource(strings = {"mysql_native_password", "mysql_clear_password", "dialog"})
    @DisplayName("tells neither user nor password to a server that has none, whatever login it asks for")
    void downgrade(String login) throws Exception {
        String told = told(greeting(login), "require") + told(greeting(login), "verify-full");
        assertThat(told).doesNotContain(PASSWORD, "agent");
    }

    @Test
    @DisplayName(
            "is not what keeps a password from a server that asks for it as it is: without TLS that is refused, too")
    void clearPasswords() throws Exception {
        assertThat(told(greeting("mysql_native_password"), "disable"))
                .contains("agent")
                .doesNotContain(PASSWORD);
        assertThat(told(greeting("mysql_clear_password"), "disable")).doesNotContain(PASSWORD);
        assertThat(told(greeting("dialog"), "disable")).doesNotContain(PASSWORD);
    }

    @Test
    @DisplayName("is refused by what is no server at all")
    void noServer() throws Exception {
        assertThat(told("HTTP/1.1 400 Bad Request\r\n\r\n", "require")).doesNotContain(PASSWORD, "agent");
    }

    /** The first packet of a server without TLS that asks for a login by a plugin. */
    private static String greeting(String login) {
        String greeting =
                "\n8.0.36\0" + "\1\0\0\0" + "abcdefgh\0" // version of the protocol and server, connection, seed
                        + "\u00FF\u00F7" + "\55" + "\2\0" + "\10\0" // all that old servers can but TLS, and plugins
                        + "\25" + "\0".repeat(10) + "ijklmnopqrst\0" + login + "\0"; // the rest of a seed of 21 bytes
        return (char) greeting.length() + "\0\0\0" + greeting;
    }

    /** What a client tells an impostor, who says something, reads, and asks for the password as it is. */
    private static String told(String first, String mode) throws Exception {
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        try (ServerSocket listening = new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1"))) {
            Thread thread = new Thread(() -> listen(listening, first, told), "impostor");
            thread.setDaemon(true);
            thread.start();
            Throwable refused = catchThrowable(() -> use("mysql://agent:" + PASSWORD + "@127.0.0.1:"
                    + listening.getLocalPort() + "/d?timeout=2s&connect-timeout=500ms&sslmode=" + mode));
            assertThat(refused).isInstanceOf(CuttlestoreException.class).hasMessageNotContaining(PASSWORD);
        }
        synchronized (told) {
            return told.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private static void listen(ServerSocket listening, String first, ByteArrayOutputStream told) {
        String ask = "\26\0\0\2" + "\u00FEmysql_clear_password\0";
        while (!listening.isClosed()) {
            try (Socket socket = listening.accept()) {
                byte[] bytes = new byte[4096];
                socket.getOutputStream().write(first.getBytes(StandardCharsets.ISO_8859_1));
                for (int length = socket.getInputStream().read(bytes);
                        length > 0;
                        length = socket.getInputStream().read(bytes)) {
                    synchronized (told) {
                        told.write(bytes, 0, length);
                    }
                    socket.getOutputStream().write(ask.getBytes(StandardCharsets.ISO_8859_1));
                }
            } catch (IOException refusedOrGone) {
                // The next one, if this impostor is still there.
            }
        }
    }
}
